/// Calls somebody once all of several have begun.
actor StartCount {
    private var left: Int
    private let whenAll: @Sendable () async -> Void

    init(of count: Int, whenAll: @escaping @Sendable () async -> Void) {
        left = count
        self.whenAll = whenAll
    }

    func one() async {
        left -= 1
        if left == 0 { await whenAll() }
    }
}
