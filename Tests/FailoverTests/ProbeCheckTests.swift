import DNSModel
import Failover
import TestSupport
import Testing
import Wire

@Suite("Checks by TCP, TLS and ICMP")
struct ProbeCheckTests {
    @Test("tcp: a port that takes connections is well, one that refuses them is not")
    func tcp() async throws {
        let server = try FakeHTTPServer()
        let well = try await Checks.run("{tcp: \(server.port)}")
        #expect(well.health == .ok)
        #expect(well.reason.hasPrefix("TCP port \(server.port) after "))
        let port = try LoopbackSocket.freePort()
        let refused = try await Checks.run("{tcp: \(port)}")
        #expect(Outcome(refused.health, refused.reason) == Outcome(.fail, "TCP port \(port): connection refused"))
    }

    @Test(
        "tcp: the answer to what is sent must have what is expected in it",
        arguments: [
            Case("it has", "204 Scripted", Health.ok), Case("it has not", "200 OK", .fail),
        ])
    func expected(_ row: Case<String, Health>) async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(204))
        let check =
            "{tcp: \(server.port), send: \"GET / HTTP/1.1\\r\\n\\r\\n\", expect: \"\(row.input)\", timeout: 500ms}"
        let result = try await Checks.run(check)
        #expect(result.health == row.output, "\(result.reason)")
        if row.output == .fail {
            #expect(result.reason.contains("unexpected answer: HTTP/1.1 204"), "\(result.reason)")
        }
    }

    @Test(
        "tls: the days that a certificate has left are a warning or a failure, two weeks without a word",
        arguments: [
            Case("long enough", 30, "", Health.ok), Case("a week is a warning", 7, "", .warn),
            Case("unless that is wanted", 7, ", warn_days: 3", .ok),
            Case("or is a failure", 7, ", fail_days: 8", .fail),
        ])
    func certificate(_ row: Case<TLSCase, Health>) async throws {
        let authority = try TestAuthority()
        let server = try ScriptedTLSServer(authority.certificate(for: "DNS:www.example.org", days: row.input.days))
        let network = try Checks.network(TLSTrust(additionalCAFile: authority.file))
        let check = try Checks.read("{tls: \(server.port), name: www.example.org\(row.input.settings)}")
        let result = await check.result(over: network)
        #expect(result.health == row.output, "\(result.reason)")
    }

    @Test("tls: a certificate for another name, or from nobody we trust, is a failure")
    func refusedCertificate() async throws {
        let authority = try TestAuthority()
        let server = try ScriptedTLSServer(authority.certificate(for: "DNS:www.example.org"))
        let network = try Checks.network(TLSTrust(additionalCAFile: authority.file))
        let other = try await Checks.read("{tls: \(server.port), name: api.example.org}").result(over: network)
        #expect(other.health == .fail)
        #expect(other.reason.contains("certificate refused"), "\(other.reason)")
        let untrusted = try await Checks.run("{tls: \(server.port), name: www.example.org}")
        #expect(untrusted.health == .fail)
    }

    @Test(
        "ping: an answer is well, and where asking is not permitted nothing is known",
        arguments: ["ping", "{ping: }", "{ping: 127.0.0.1}"])
    func ping(check: String) async throws {
        let result = try await Checks.run(check)
        let isPermitted = result.health == .ok && result.reason.hasPrefix("ping after ")
        let isRefused = result.health == .unknown && result.reason.contains("ping_group_range")
        #expect(isPermitted || isRefused, "\(result.reason)")
    }
}

/// How long a certificate lives, and what the check's settings say of that.
struct TLSCase: Sendable {
    let days: Int
    let settings: String
}

extension Case where Input == TLSCase, Output == Health {
    fileprivate init(_ sentence: String, _ days: Int, _ settings: String, _ health: Health) {
        self.init(sentence, TLSCase(days: days, settings: settings), health)
    }
}
