import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@testable import Wire

@Suite(
    "A TLS probe sets TLS up and says how long the certificate is good",
    .enabled(if: ChildProcess.path(of: "openssl") != nil, "openssl is not installed"))
struct TLSProbeTests {
    private let authority: TestAuthority
    private let client: HTTPClient

    init() async throws {
        authority = try await blocking { try TestAuthority() }
        client = HTTPClient(trust: try TLSTrust(additionalCAFile: authority.file))
    }

    private func probe(_ server: LocalWebServer, _ name: String?) -> TLSProbe {
        TLSProbe(.loopback, port: server.port, serverName: name, timeout: .seconds(20))
    }

    @Test("The certificate is that of the name that is asked for, and its days are counted")
    func expiry() async throws {
        let server = try await blocking {
            try LocalWebServer(
                authority.certificate(for: "DNS:other.test", days: 3),
                named: ("cat.test", authority.certificate(for: "DNS:cat.test", days: 30)))
        }
        let finding = try await probe(server, "cat.test").run(with: client).get()
        #expect(finding.daysToExpiry(from: Date()) == 29)
        #expect(finding.connected <= finding.secured)
        #expect(try await probe(server, "other.test").run(with: client).get().daysToExpiry(from: Date()) == 2)
    }

    @Test("Without a name the certificate must be the address's")
    func address() async throws {
        let server = try await blocking { try LocalWebServer(authority.certificate(for: "IP:127.0.0.1")) }
        _ = try await probe(server, nil).run(with: client).get()
    }

    static let refusals: [Case<(names: String, days: Int, isTrusted: Bool), (CertificateProblem, days: Int)>] = [
        Case("expired yesterday", ("DNS:cat.test", -1, true), (.expired, -2)),
        Case("for another name", ("DNS:dog.test", 7, true), (.wrongName, 6)),
        Case("signed by nobody known", ("DNS:cat.test", 7, false), (.untrusted, 6)),
    ]

    @Test("A certificate is refused for what is wrong with it, and its expiry told all the same", arguments: refusals)
    func refusal(
        refusal: Case<(names: String, days: Int, isTrusted: Bool), (CertificateProblem, days: Int)>
    ) async throws {
        let server = try await blocking {
            try LocalWebServer(authority.certificate(for: refusal.input.names, days: refusal.input.days))
        }
        var probe = probe(server, "cat.test")
        let result = await probe.run(with: refusal.input.isTrusted ? client : HTTPClient())
        guard case .failure(.certificate(let problem, _, let expiry)) = result else {
            Issue.record("not refused for its certificate: \(result)")
            return
        }
        #expect(problem == refusal.output.0)
        let days = try #require(expiry).timeIntervalSinceNow / 86_400
        #expect(Int(days.rounded(.down)) == refusal.output.days)
        probe.verifiesCertificate = false
        #expect(try await probe.run(with: client).get().daysToExpiry(from: Date()) == refusal.output.days)
    }

    @Test("Servers without TLS, without words and without life are told apart")
    func others() async throws {
        let plain = try LoopbackSocket(.tcpListener)
        async let greeting: Void = plain.greet("220 mail.example ESMTP\r\n")
        let spoken = await TLSProbe(.loopback, port: plain.port, timeout: .seconds(20)).run(with: client)
        await greeting
        guard case .failure(.tls) = spoken else {
            Issue.record("not a failure of TLS: \(spoken)")
            return
        }
        let silent = try LoopbackSocket(.tcpListener)
        let waited = await TLSProbe(.loopback, port: silent.port, timeout: .milliseconds(50)).run(with: client)
        #expect(waited.failure == .timeout)
        #expect(await TLSProbe(.loopback, port: 1).run(with: client).failure == .refused)
    }

    @Test("Cancelling closes the connection")
    func cancellation() async throws {
        let server = try FakeHTTPServer()
        let task = Task { [client] in
            await TLSProbe(.loopback, port: server.port, timeout: .seconds(600)).run(with: client)
        }
        await server.connected(1)
        task.cancel()
        #expect(await task.value.failure == .cancelled)
        await server.disconnected()
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let failure) = self { return failure }
        return nil
    }
}
