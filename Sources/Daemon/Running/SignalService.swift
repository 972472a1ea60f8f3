import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the configuration again at SIGHUP, and says so when a shutdown begins.
struct SignalService: Service {
    let logger: Logger
    let manager: ServiceManager
    let onHangUp: @Sendable () async -> Void

    func run() async throws {
        let (logger, manager, onHangUp) = (logger, manager, onHangUp)
        await withGracefulShutdownHandler {
            for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() { await onHangUp() }
        } onGracefulShutdown: {
            logger.notice("ending: nothing new is begun, provider calls in flight are waited for")
            manager.tell(.stopping)
        }
    }
}
