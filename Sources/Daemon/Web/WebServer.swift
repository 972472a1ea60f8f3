import DNSModel
import Failover
import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// Serves the API and the pages where `listen` says.
struct WebServer: Service {
    private let parts: WebParts
    private let settings: WebSettings
    private let logger: Logger
    private let connections: ConnectionTable
    private let onStart: @Sendable (UInt16?) async -> Void

    /// `onStart` is told the port once requests are answered.
    init(
        _ parts: WebParts, settings: WebSettings, logger: Logger, limits: ConnectionLimits = .current,
        onStart: @escaping @Sendable (UInt16?) async -> Void = { _ in }
    ) {
        self.parts = parts
        self.settings = settings
        self.logger = logger
        self.onStart = onStart
        connections = ConnectionTable(limits)
    }

    func run() async throws {
        let (onStart, connections) = (onStart, connections)
        var quiet = logger
        quiet.logLevel = .critical
        let application = Application(
            responder: WebRouter(parts: parts).network(settings, connections: connections),
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [ConnectionGuard(connections)], idleTimeout: .seconds(20),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16384, maxHeaderListSize: 32768, maxHeaderFieldCount: 64))),
            configuration: ApplicationConfiguration(address: address, serverName: "dnsconverge", backlog: 1024),
            onServerRunning: { await onStart($0.localAddress?.port.flatMap { UInt16(exactly: $0) }) },
            logger: quiet)
        do {
            try await withGracefulShutdownHandler {
                try await application.run()
            } onGracefulShutdown: {
                // Answers that are under way may end; pages that stay open, and those who say nothing, would keep us.
                Task {
                    try? await ContinuousClock().sleep(for: .seconds(1))
                    connections.closeAll()
                }
            }
        } catch let error as IOError {
            throw ListenFailure(settings.listen, String(cString: strerror(error.errnoCode)))
        }
    }

    private var address: BindAddress {
        switch settings.listen {
        case .network(let address, let port): .hostname(address.description, port: Int(port))
        case .socket(let path): .unixDomainSocket(path: path)
        }
    }
}

/// Why nobody can be served there.
struct ListenFailure: Error, CustomStringConvertible {
    let description: String

    init(_ listen: ListenAddress, _ reason: String) {
        description =
            "listen: \(listen) cannot be used (\(reason)): is another program there? Give another address or port"
    }
}
