import DNSModel
import Failover
import TestSupport
import Testing
import Wire

@Suite("An http check")
struct HTTPCheckTests {
    private struct Reply: Sendable {
        var settings = ""
        var status = 200
        var headers: [(String, String)] = []
        var body = "status=OK role=main"
    }

    @Test(
        "judges status, body and headers",
        arguments: [
            Case("any status from 200 to 399 by default", Reply(status: 302), Outcome(.ok, "HTTP 302")),
            Case("an error status", Reply(status: 503), Outcome(.fail, "HTTP 503")),
            Case(
                "a status that was not asked for", Reply(settings: "status: [200, 204]", status: 301),
                Outcome(.fail, "HTTP 301")),
            Case("an error that is wanted", Reply(settings: "status: 400-499", status: 404), Outcome(.ok, "HTTP 404")),
            Case("a text that is there", Reply(settings: "contains: status=OK"), Outcome(.ok, "HTTP 200")),
            Case(
                "a text that is not", Reply(settings: "contains: status=ERR"),
                Outcome(.fail, "HTTP 200, but no “status=ERR”")),
            Case(
                "one text of two", Reply(settings: "contains: [role=main, role=backup]"),
                Outcome(.fail, "HTTP 200, but no “role=backup”")),
            Case(
                "a text that must not be there", Reply(settings: "not_contains: role=main"),
                Outcome(.fail, "HTTP 200, but with “role=main”")),
            Case("a pattern", Reply(settings: "matches: 'status=(OK|WARN)\\b'"), Outcome(.ok, "HTTP 200")),
            Case(
                "a pattern that does not match", Reply(settings: "matches: '^role'"),
                Outcome(.fail, "HTTP 200, but nothing that matches “^role”")),
            Case(
                "a header", Reply(settings: "expect_headers: {X-Role: main}", headers: [("x-role", "the main one")]),
                Outcome(.ok, "HTTP 200")),
            Case(
                "a header that is missing", Reply(settings: "expect_headers: {X-Role: main}"),
                Outcome(.fail, "HTTP 200, but the header X-Role has no “main”")),
            Case(
                "a text behind what is read",
                Reply(settings: "contains: late, body_limit: 1", body: String(repeating: "x", count: 2000) + "late"),
                Outcome(.fail, "HTTP 200, but no “late” in its first 1 KiB")),
            Case(
                "a text that would move the cursor is shown, not obeyed", Reply(settings: "contains: \"\\e[2J\""),
                Outcome(.fail, "HTTP 200, but no “\\u{1B}[2J”")),
        ] as [Case<Reply, Outcome>])
    private func judges(_ row: Case<Reply, Outcome>) async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/s", .response(row.input.status, headers: row.input.headers, body: row.input.body))
        let more = row.input.settings.isEmpty ? "" : ", \(row.input.settings)"
        let result = try await Checks.run("{http: \"\(server.url)/s\"\(more)}")
        #expect(result.health == row.output.health)
        // How long it took is at the end.
        #expect(result.reason.hasPrefix(row.output.reason), "\(result.reason)")
        #expect(result.latency != nil)
    }

    @Test("goes to the server's own address and port, and asks for the URL's host there")
    func ownAddress() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/status?x=1", .response(200))
        let check = "{http: \"http://www.example.org:8080/status?x=1\", port: \(server.port), headers: {X-Probe: yes}}"
        let result = try await Checks.run(check)
        #expect(result.health == .ok)
        let request = try #require(server.requests.first)
        #expect(request.headers["host"] == "www.example.org:8080")
        #expect(request.headers["x-probe"] == "yes")
    }

    @Test("a refusal, a broken connection and silence are failures")
    func failures() async throws {
        let port = try LoopbackSocket.freePort()
        let refused = try await Checks.run("{http: \"http://127.0.0.1:\(port)/\"}")
        #expect(refused.health == .fail)
        let server = try FakeHTTPServer()
        server.on("GET", "/", .disconnect)
        let broken = try await Checks.run("{http: \"\(server.url)/\"}")
        #expect(broken.health == .fail)
        server.on("GET", "/", .held, .response(200))
        let silent = try await Checks.run("{http: \"\(server.url)/\", timeout: 50ms}")
        #expect((silent.health, silent.reason) == (.fail, "no answer in time"))
    }

    @Test("no redirect is followed")
    func redirect() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(301, headers: [("Location", server.url + "/elsewhere")]))
        #expect(try await Checks.run("{http: \"\(server.url)/\", status: 200}").health == .fail)
        #expect(server.requests.map(\.target) == ["/"])
    }

    @Test("all addresses are asked, and the worst counts")
    func addresses() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(200))
        let other = try #require(IPAddress("127.0.0.2"))
        let both = [try #require(Checks.loopback), other]
        let result = try await Checks.run("{http: \"\(server.url)/\"}", addresses: both)
        #expect(result.health == .fail)
        #expect(result.reason.hasPrefix("127.0.0.2: "))
        let one = try await Checks.run("{http: \"\(server.url)/\", address: 127.0.0.1}", addresses: both)
        #expect(one.health == .ok)
    }

    @Test("TLS: the certificate must be the URL's, trusted, and live long enough")
    func certificates() async throws {
        let authority = try TestAuthority()
        let server = try ScriptedTLSServer(authority.certificate(for: "DNS:www.example.org"))
        let network = try Checks.network(TLSTrust(additionalCAFile: authority.file))
        func ask(_ host: String, _ more: String = "", over network: Network) async throws -> CheckResult {
            try await Checks.read("{http: \"https://\(host):\(server.port)/\"\(more)}").result(over: network)
        }
        let other = try await ask("other.example.org", over: network)
        #expect(other.health == .fail)
        #expect(other.reason.hasPrefix("certificate refused"), "\(other.reason)")
        let untrusted = try await ask("www.example.org", over: try Checks.network())
        #expect(untrusted.health == .fail)
        #expect(untrusted.reason.hasPrefix("certificate refused"), "\(untrusted.reason)")
    }

    @Test(
        "TLS: days that a certificate has left are a warning or a failure",
        arguments: [
            Case("long enough", "", Health.ok), Case("a warning", ", warn_days: 30", .warn),
            Case("a failure", ", warn_days: 30, fail_days: 10", .fail),
        ])
    func daysLeft(_ row: Case<String, Health>) async throws {
        let authority = try TestAuthority()
        let server = try ScriptedTLSServer(authority.certificate(for: "DNS:www.example.org", days: 7))
        let network = try Checks.network(TLSTrust(additionalCAFile: authority.file))
        let check = try Checks.read("{http: \"https://www.example.org:\(server.port)/\"\(row.input)}")
        async let result = check.result(over: network)
        await blocking {
            _ = server.receive("GET / HTTP/1.1\r\n".utf8.count)
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8)
        }
        let said = await result
        #expect(said.health == row.output, "\(said.reason)")
    }
}
