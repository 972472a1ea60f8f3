import Failover
import ServiceLifecycle

/// The engine as a service: told to end, it ends the provider calls in flight first.
struct EngineService: Service {
    let engine: FailoverEngine

    func run() async {
        let engine = engine
        await withGracefulShutdownHandler {
            await engine.run()
        } onGracefulShutdown: {
            Task { await engine.stop() }
        }
    }
}

/// Checks that are made until the daemon is told to end.
struct CheckService: Service {
    let scheduler: CheckScheduler<ContinuousClock>

    func run() async {
        await cancelWhenGracefulShutdown { await scheduler.run() }
    }
}

/// Something that goes on until the daemon is told to end.
struct BackgroundService: Service {
    let body: @Sendable () async -> Void

    init(_ body: @escaping @Sendable () async -> Void) {
        self.body = body
    }

    func run() async {
        let body = body
        await cancelWhenGracefulShutdown { await body() }
    }
}
