import DNSModel
import TestSupport

@testable import Wire

/// A real server of DNS over TLS and HTTPS for which a test's own authority vouches, and the name server behind it, which is
/// the test itself.
struct SecureServer {
    static let isInstalled = LocalUnbound.isInstalled

    let authority: TestAuthority
    /// Gets what the server does not know: names below `slow.example`.
    let upstream: LoopbackSocket
    let unbound: LocalUnbound
    let trust: TLSTrust

    init() async throws {
        let upstream = try LoopbackSocket(.udp)
        self.upstream = upstream
        (authority, unbound) = try await blocking {
            let authority = try TestAuthority()
            let certificate = try authority.certificate(for: "DNS:dns.test", "IP:127.0.0.1")
            return (authority, try LocalUnbound(certificate, forwardPort: upstream.port))
        }
        trust = try TLSTrust(additionalCAFile: authority.file)
    }

    func endpoint(_ transport: Endpoint.Transport, name: String? = "dns.test") -> Endpoint {
        let port = transport == .tls ? unbound.tlsPort : unbound.httpsPort
        return Endpoint(.loopback, port: port, transport: transport, serverName: name)
    }
}
