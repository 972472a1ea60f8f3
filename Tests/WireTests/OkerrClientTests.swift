import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite("Okerr is told the states of indicators")
struct OkerrClientTests {
    private let director: FakeHTTPServer
    private let node: FakeHTTPServer
    private let clock = JumpingClock()
    private let indicator = OkerrIndicator(
        name: "dns:cat.example:A", value: .ok, details: "4/4 & more", description: "é")

    init() throws {
        director = try FakeHTTPServer()
        node = try FakeHTTPServer()
        director.on("GET", "/api/director/my-project", .response(200, body: node.url + "/\n"))
        node.on("POST", "/update", .response(200, body: "OK"))
    }

    private func client(_ more: [String: String] = [:]) throws -> OkerrClient<JumpingClock> {
        let environment = [
            "OKERR_TEXTID": "my-project", "OKERR_SECRET": "hunter2", "OKERR_URL": director.url, "PREFIX": "web:",
        ].merging(more) { $1 }
        return OkerrClient(try OkerrSettings(environment: environment, files: []), clock: clock)
    }

    @Test("The director names the server, and the server is sent a form with what okerr needs")
    func update() async throws {
        #expect(try await client().update(indicator) == .sent)
        #expect(director.requests.map(\.method) == ["GET"])
        let request = try #require(node.requests.first)
        #expect(request.headers["content-type"] == "application/x-www-form-urlencoded")
        #expect(
            request.fields == [
                "textid=my-project", "name=web%3Adns%3Acat.example%3AA", "status=OK", "details=4%2F4+%26+more",
                "method=heartbeat", "policy=Default", "tags=dnsconverge", "desc=%C3%A9", "secret=hunter2",
            ])
    }

    @Test("A direct server is not asked for the server, and without a secret none is sent")
    func direct() async throws {
        let client = try client(["OKERR_URL": node.url, "OKERR_DIRECT": "1", "OKERR_SECRET": ""])
        #expect(try await client.update(indicator) == .sent)
        #expect(director.requests.isEmpty)
        #expect(node.requests.first?.fields.contains { $0.hasPrefix("secret") } == false)
    }

    @Test("A state that has not changed is sent again after five minutes, a changed one at once")
    func throttle() async throws {
        let client = try client()
        let failed = OkerrIndicator(name: "dns:cat.example:A", value: .err, details: "")
        let other = OkerrIndicator(name: "dns:dog.example:A", value: .ok, details: "")
        #expect(try await client.update(indicator) == .sent)
        clock.advance(by: .seconds(299))
        #expect(try await client.update(indicator) == .unchanged)
        #expect(try await client.update(other) == .sent)
        #expect(try await client.update(failed) == .sent)
        #expect(try await client.update(indicator) == .sent)
        clock.advance(by: .seconds(300))
        #expect(try await client.update(indicator) == .sent)
        #expect(node.requests.count == 5)
    }

    @Test("A number is sent every five minutes, whatever it is")
    func numberThrottle() async throws {
        let client = try client()
        #expect(try await client.update(OkerrIndicator(name: "x", value: .number(1), details: "")) == .sent)
        #expect(try await client.update(OkerrIndicator(name: "x", value: .number(2), details: "")) == .unchanged)
    }

    @Test("An update that failed is not taken for sent")
    func failureIsNotRemembered() async throws {
        let client = try client()
        node.on("POST", "/update", .response(400, body: "Bad secret"), .response(200, body: "OK"))
        await #expect(throws: OkerrError.self) { try await client.update(indicator) }
        #expect(try await client.update(indicator) == .sent)
    }

    @Test("The director is asked once in five minutes")
    func directorIsRemembered() async throws {
        let client = try client()
        for _ in 0..<3 {
            try await client.update(indicator)
            clock.advance(by: .seconds(299))
        }
        // At 0 s and at 598 s; at 299 s its answer still stood.
        #expect(director.requests.count == 2)
    }

    @Test("A project that has moved is found again", arguments: [302, 404])
    func moved(status: Int) async throws {
        let client = try client()
        try await client.update(indicator)
        let newNode = try FakeHTTPServer()
        newNode.on("POST", "/update", .response(200, body: "OK"))
        node.on("POST", "/update", .response(status, headers: [("Location", "/login")], body: "No such project"))
        director.on("GET", "/api/director/my-project", .response(200, body: newNode.url))
        clock.advance(by: .seconds(1))
        let failed = OkerrIndicator(name: "dns:cat.example:A", value: .err, details: "")
        #expect(try await client.update(failed) == .sent)
        #expect(newNode.requests.count == 1)
    }

    static let passing: [Case<[FakeHTTPServer.Answer], [Duration]>] = [
        Case("one 503", [.response(503)], [.seconds(1)]),
        Case(
            "a 500, a 502 and a 504", [.response(500), .response(502), .response(504)], [1, 2, 4].map { .seconds($0) }),
        Case("a 429 that says how long", [.response(429, headers: [("Retry-After", "7")])], [.seconds(7)]),
        Case("a 429 that says far too long", [.response(429, headers: [("Retry-After", "3600")])], [.seconds(30)]),
        Case("a 503 that gives a date", [.response(503, headers: [("Retry-After", "Fri, 20 Nov")])], [.seconds(1)]),
        Case("a broken connection", [.disconnect], [.seconds(1)]),
    ]

    @Test("A passing failure is tried again, after longer and longer", arguments: passing)
    func passingFailure(passing: Case<[FakeHTTPServer.Answer], [Duration]>) async throws {
        node.script("POST", "/update", passing.input + [.response(200, body: "OK")])
        #expect(try await client().update(indicator) == .sent)
        #expect(clock.sleeps == passing.output)
    }

    @Test("After five tries it is given up")
    func lastingFailure() async throws {
        node.on("POST", "/update", .response(503))
        let failure = await #expect(throws: OkerrError.self) { try await client().update(indicator) }
        let expected =
            "okerr: 127.0.0.1:\(node.port) answered HTTP 503, 5 times; is it up, and is OKERR_URL right?"
        #expect(failure?.description == expected)
        #expect(node.requests.count == 5)
        #expect(clock.sleeps == [1, 2, 4, 8].map { .seconds($0) })
    }

    @Test("A director that is not there is named")
    func noDirector() async throws {
        let port = try LoopbackSocket.freePort()
        let client = try client(["OKERR_URL": "http://127.0.0.1:\(port)"])
        let failure = await #expect(throws: OkerrError.self) { try await client.update(indicator) }
        let expected =
            "okerr: 127.0.0.1:\(port) could not be asked: connection refused, 5 times; is it up, and is OKERR_URL right?"
        #expect(failure?.description == expected)
    }

    private static let subject = "okerr: indicator web:dns:cat.example:A@my-project was not taken: "

    static let refusals: [Case<FakeHTTPServer.Answer, String>] = [
        Case(
            "a missing field, which is a 200", .response(200, body: "Required field 'name' missing"),
            "Required field 'name' missing"),
        Case("a page instead of OK", .response(200, body: "OK\n<html>"), "OK"),
        Case("nothing at all", .response(200), "no reason given"),
        Case(
            "an unknown project", .response(404, body: "No such project 'my-project'"),
            "No such project 'my-project' (HTTP 404); check OKERR_TEXTID"),
        Case(
            "a missing secret", .response(400, body: "Require secret"),
            "Require secret (HTTP 400); check OKERR_SECRET against the policy's secret"),
        Case(
            "a wrong secret that is echoed", .response(400, body: "Bad secret hunter2"),
            "Bad secret <secret> (HTTP 400); check OKERR_SECRET against the policy's secret"),
        Case(
            "an address that may not", .response(400, body: "updates from 192.0.2.1 not allowed"),
            "updates from 192.0.2.1 not allowed (HTTP 400); allow HTTP updates from this machine's address in the "
                + "indicator's policy"),
        Case(
            "no autocreate", .response(400, body: "policy Default autocreate off"),
            "policy Default autocreate off (HTTP 400); create the indicator, or switch autocreate on in its policy"),
        Case(
            "an active indicator", .response(400, body: "ERROR:BAD_METHOD not passive"),
            "ERROR:BAD_METHOD not passive (HTTP 400); the name is taken by an active check: delete that, or set PREFIX"),
        Case(
            "too many indicators", .response(400, body: "ERROR:LIMIT_MAXINDICATORS 30"),
            "ERROR:LIMIT_MAXINDICATORS 30 (HTTP 400); delete indicators that are no longer used"),
        Case(
            "a disabled indicator", .response(400, body: "Indicator x disabled"),
            "Indicator x disabled (HTTP 400); enable the indicator in okerr"),
        Case("something new", .response(418, body: "teapot"), "teapot (HTTP 418)"),
    ]

    @Test("A refusal says of what, why and what to do, and is not tried again", arguments: refusals)
    func refusal(refusal: Case<FakeHTTPServer.Answer, String>) async throws {
        node.on("POST", "/update", refusal.input)
        let failure = await #expect(throws: OkerrError.self) { try await client().update(indicator) }
        #expect(failure?.description == Self.subject + refusal.output)
        #expect(node.requests.count == 1)
        #expect(clock.sleeps.isEmpty)
    }

    static let directors: [Case<FakeHTTPServer.Answer, String>] = [
        Case("an unknown project", .response(404), " has no project “my-project”: check OKERR_TEXTID"),
        Case(
            "a page", .response(200, body: "<html>"),
            " named “<html>” as the server of my-project, which is no URL: check OKERR_URL"),
        Case(
            "a redirect", .response(302, headers: [("Location", "/login")]),
            " answered HTTP 302 when asked for the server of my-project: check OKERR_URL"),
    ]

    @Test("A director that names no server is not believed", arguments: directors)
    func badDirector(bad: Case<FakeHTTPServer.Answer, String>) async throws {
        director.on("GET", "/api/director/my-project", bad.input)
        let failure = await #expect(throws: OkerrError.self) { try await client().update(indicator) }
        #expect(failure?.description == "okerr: " + director.url + bad.output)
        #expect(node.requests.isEmpty)
    }

    @Test("Cancelling ends the waiting")
    func cancellation() async throws {
        node.on("POST", "/update", .held, .response(200, body: "OK"))
        let client = try client()
        let task = Task { try await client.update(indicator) }
        await node.received(1)
        task.cancel()
        await #expect(throws: OkerrError.cancelled) { try await task.value }
    }
}
