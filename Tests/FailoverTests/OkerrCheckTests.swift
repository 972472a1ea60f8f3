import DNSModel
import Failover
import FoundationEssentials
import TestSupport
import Testing
import Wire

@Suite("An okerr check")
struct OkerrCheckTests {
    private static let eligible = "/api/filter/okrrdm/OK/!maintenance/!problem"
    private static let detail = "/api/indicator/okrrdm/charlie:cat"

    @Test(
        "judges an indicator",
        arguments: [
            Case("ok", #"{"status": "OK", "details": "200 OK"}"#, Outcome(.ok, "okerr says OK: 200 OK")),
            Case("not ok", #"{"status": "ERR", "details": "timeout"}"#, Outcome(.fail, "okerr says ERR: timeout")),
            Case(
                "disabled, frozen at OK", #"{"status": "OK", "disabled": true}"#,
                Outcome(.unknown, "okerr does not watch charlie:cat@okrrdm: it is disabled")),
            Case(
                "a problem", #"{"status": "OK", "problem": true}"#,
                Outcome(.unknown, "okerr cannot watch charlie:cat@okrrdm: it has a problem")),
            Case(
                "in maintenance", #"{"status": "OK", "maintenance": 1700000000}"#,
                Outcome(.ok, "in maintenance at okerr; okerr says OK")),
            Case("not in maintenance", #"{"status": "OK", "maintenance": null}"#, Outcome(.ok, "okerr says OK")),
            Case(
                "overdue", #"{"status": "OK", "expected": 1700000000, "patience": 300}"#,
                Outcome(.unknown, "okerr has had no news of charlie:cat@okrrdm when it should")),
            Case(
                "no indicator", "<html>log in</html>",
                Outcome(.unknown, "okerr: the server of project okrrdm gave no indicator for charlie:cat: check url")),
        ])
    func judges(_ row: Case<String, Outcome>) async throws {
        let server = try FakeHTTPServer()
        server.on("GET", Self.eligible, .response(200, body: "bravo:cat\n"))
        server.on("GET", Self.detail, .response(200, body: row.input))
        let result = try await Self.check(server).result(over: try Checks.network())
        #expect(Outcome(result.health, result.reason) == row.output)
        #expect(result.isMaintenance == row.output.reason.hasPrefix("in maintenance"))
        #expect(server.requests.allSatisfy { $0.headers["x-api-key"] == "hunter2" })
    }

    @Test("all indicators of a project share one request for the healthy ones")
    func shared() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", Self.eligible, .response(200, body: "bravo:cat\r\ncharlie:cat\n"))
        server.on("GET", Self.detail, .response(200, body: #"{"status": "OK"}"#))
        let (check, network) = (try Self.check(server), try Checks.network())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask { #expect(await check.result(over: network).health == .ok) }
            }
        }
        #expect(server.requests.count { $0.target == Self.eligible } == 1)
        let details = server.requests.count { $0.target == Self.detail }
        for _ in 0..<20 { #expect(await check.result(over: network).reason == "okerr says OK") }
        #expect(server.requests.count { $0.target == Self.detail } == details, "it is known to be fresh")
    }

    @Test(
        "what okerr cannot tell is unknown",
        arguments: [
            Case("a wrong key", 403, "okerr: the API key of project okrrdm was refused (HTTP 403): check api_key"),
            Case("no such project", 404, "okerr: there is no project okrrdm (HTTP 404): check its name"),
            Case("an error of its own", 500, "okerr: the server of project okrrdm answered HTTP 500"),
        ])
    func unreadable(_ row: Case<Int, String>) async throws {
        let server = try FakeHTTPServer()
        server.on("GET", Self.eligible, .response(row.input))
        let result = try await Self.check(server).result(over: try Checks.network())
        #expect(Outcome(result.health, result.reason) == Outcome(.unknown, row.output))
    }

    @Test("an okerr that cannot be reached is unknown")
    func unreachable() async throws {
        let port = try LoopbackSocket.freePort()
        let settings = OkerrSettings(
            textid: "okrrdm", apiKey: Secret("hunter2"), url: "http://127.0.0.1:\(port)", isDirect: true)
        let check = try Checks.read("{okerr: \"charlie:cat\"}", okerr: settings)
        let result = await check.result(over: try Checks.network())
        #expect(result.health == .unknown)
        #expect(result.reason.hasPrefix("okerr: 127.0.0.1:\(port) could not be asked"), "\(result.reason)")
    }

    @Test("the director says which server has the project, and is asked again when it has moved")
    func director() async throws {
        let (director, first, second) = (try FakeHTTPServer(), try FakeHTTPServer(), try FakeHTTPServer())
        director.on(
            "GET", "/api/director/okrrdm", .response(200, body: first.url + "\n"),
            .response(200, body: second.url + "/\n"))
        first.on(
            "GET", Self.eligible, .response(200, body: "other\n"), .response(302, headers: [("Location", "/login")]))
        first.on("GET", Self.detail, .response(200, body: #"{"status": "ERR"}"#), .response(302))
        second.on("GET", Self.eligible, .response(200, body: "other\n"))
        second.on("GET", Self.detail, .response(200, body: #"{"status": "OK"}"#))
        let settings = OkerrSettings(textid: "okrrdm", apiKey: Secret("hunter2"), url: director.url)
        let check = try Checks.read("{okerr: \"charlie:cat\"}", okerr: settings)
        let network = try Checks.network()
        #expect(await check.result(over: network).health == .fail)
        #expect(await check.result(over: network).health == .ok)
        #expect(director.requests.count == 2)
    }

    @Test("okerr's webhook makes the checks of that indicator ask anew, those in combinations too")
    func webhook() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", Self.eligible, .response(200, body: "other\n"))
        server.on(
            "GET", Self.detail, .response(200, body: #"{"status": "OK"}"#), .response(200, body: #"{"status": "ERR"}"#))
        let yaml = """
            okerr: {project: okrrdm, api_key: env:OKERR_API_KEY, url: "\(server.url)", direct: true}
            schemes:
              cat:
                record: cat.example.org
                provider: {kind: rfc2136, server: 192.0.2.53, zone: example.org}
                servers:
                  charlie: {address: 192.0.2.1, priority: 2, check: {all: [{okerr: "charlie:cat", interval: 1h}, none]}}
                  echo: {address: 192.0.2.2, priority: 1, check: {okerr: "echo:cat"}}
            """
        let directory = try TemporaryDirectory()
        let schemes = try ConfigurationFixtures.read(try directory.write(yaml, to: "dnsconverge.yaml")).schemes
        let check = try #require(schemes.first?.checks[ServerName("charlie")])
        let network = try Checks.network()
        #expect(await check.result(over: network).health == .ok)
        #expect(await check.result(over: network).health == .ok)
        let json = #"{"type": "status_change", "textid": "okrrdm", "name": "charlie:cat", "old": "OK", "new": "ERR"}"#
        let webhook = try #require(OkerrWebhook(json: json.utf8))
        #expect(await schemes.hastenChecks(for: webhook) == [check.id])
        #expect(await check.result(over: network).health == .fail)
        #expect(OkerrWebhook(json: "{}".utf8) == nil)
    }

    private static func check(_ server: FakeHTTPServer) throws -> ScheduledCheck {
        let settings = OkerrSettings(
            textid: "okrrdm", apiKey: Secret("hunter2"), url: server.url, isDirect: true)
        return try Checks.read("{okerr: \"charlie:cat\"}", okerr: settings)
    }
}
