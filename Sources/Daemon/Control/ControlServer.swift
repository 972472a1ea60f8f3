import DNSModel
import Failover
import FoundationEssentials
import Glibc
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Answers commands over a Unix-domain socket that only its owner may use.
package struct ControlServer: Service {
    private let parts: WebParts
    private let socket: String
    private let logger: Logger
    private let onStart: @Sendable () async -> Void

    /// `onStart` is called once commands are answered.
    init(
        _ parts: WebParts, socket: String, logger: Logger, onStart: @escaping @Sendable () async -> Void = {}
    ) {
        self.onStart = onStart
        self.parts = parts
        self.socket = socket
        self.logger = logger
    }

    package func run() async throws {
        // The store's lock is ours, so a socket that is left here belongs to nobody.
        unlink(socket)
        defer { unlink(socket) }
        let path = socket
        let application = Application(
            responder: WebRouter(parts: parts).control(),
            configuration: ApplicationConfiguration(
                address: .unixDomainSocket(path: socket), serverName: "dnsconverge"),
            onServerRunning: { _ in
                chmod(path, 0o600)
                await onStart()
            },
            logger: quiet)
        try await application.run()
    }

    /// Hummingbird tells of its own start and end; only what goes wrong matters to our readers.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = .warning
        return logger
    }
}
