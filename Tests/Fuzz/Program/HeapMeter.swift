import Glibc

/// How many octets of the heap are in use, and were at most, as AddressSanitizer tells; always 0 without it.
///
/// The program has one thread, which alone touches the numbers.
enum HeapMeter {
    fileprivate nonisolated(unsafe) static var used = 0
    fileprivate nonisolated(unsafe) static var most = 0
    /// `__sanitizer_get_allocated_size`.
    fileprivate nonisolated(unsafe) static var size: (@convention(c) (UnsafeRawPointer?) -> Int)?

    /// The most that `body` had in use at a time.
    static func most(in body: () -> Void) -> Int {
        start()
        body()
        return most
    }

    private static func start() {
        let symbol = dlsym(nil, "__sanitizer_get_allocated_size")
        size = symbol.map { unsafeBitCast($0, to: (@convention(c) (UnsafeRawPointer?) -> Int).self) }
        used = 0
        most = 0
    }
}

// AddressSanitizer calls functions of these names, where there are any.

@c(__sanitizer_malloc_hook)
func noteAllocation(_ pointer: UnsafeRawPointer?, _ size: Int) {
    HeapMeter.used += size
    HeapMeter.most = max(HeapMeter.most, HeapMeter.used)
}

@c(__sanitizer_free_hook)
func noteRelease(_ pointer: UnsafeRawPointer?) {
    guard let pointer, let size = HeapMeter.size else { return }
    HeapMeter.used -= size(pointer)
}
