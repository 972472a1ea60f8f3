import ServiceLifecycle

/// Something that goes on until the daemon is told to end, by settings that may be replaced meanwhile. It begins anew when
/// they change, and rests while there are none.
struct AdjustableService<Settings: Hashable & Sendable>: Service {
    private let settings = AsyncStream.makeStream(of: Settings?.self, bufferingPolicy: .bufferingNewest(1))
    private let body: @Sendable (Settings) async -> Void

    init(_ first: Settings?, _ body: @escaping @Sendable (Settings) async -> Void) {
        self.body = body
        adjust(first)
    }

    func adjust(_ new: Settings?) { settings.continuation.yield(new) }

    func run() async {
        await cancelWhenGracefulShutdown {
            var current: Settings?
            var task: Task<Void, Never>?
            for await new in settings.stream where new != current {
                task?.cancel()
                current = new
                task = new.map { settings in Task { await body(settings) } }
            }
            task?.cancel()
        }
    }
}
