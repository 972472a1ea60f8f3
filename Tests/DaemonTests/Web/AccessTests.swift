import DNSModel
import Failover
import FoundationEssentials
import TestSupport
import Testing
import Wire

@testable import Daemon

@Suite("The daemon answers those whom it knows, and no page of another site", .timeLimit(.minutes(2)))
struct AccessTests {
    private static let token = "correct horse battery staple"
    private static let bearer = ["Authorization": "Bearer \(token)"]

    @Test("on loopback without a token, this machine may ask everything")
    func local() async throws {
        try await WebBench.run { web in
            #expect(try await web.get("/healthz").status == 200)
            let status = try await web.get("/api/v1/status")
            #expect(status.status == 200 && status.header("Content-Type") == "application/json")
            let page = try await web.get("/")
            #expect(page.status == 200)
            #expect(page.header("Content-Security-Policy")?.contains("script-src 'self'") == true)
            #expect(page.header("Content-Security-Policy")?.contains("unsafe") == false)
            #expect(page.header("X-Content-Type-Options") == "nosniff")
        }
    }

    @Test("a name that is not ours is refused, on loopback as well")
    func rebinding() async throws {
        try await WebBench.run(hosts: ["dns.example.org"]) { web in
            for host in ["evil.example", "evil.example:\(web.port)", "192.0.2.1", "", "localhost.evil.example"] {
                let answer = try await web.get("/api/v1/status", ["Host": host])
                #expect([400, 421].contains(answer.status), "\(host)")
            }
            for host in [
                "localhost", "LOCALHOST:1", "127.0.0.1:9", "[::1]:80", "dns.example.org", "Dns.Example.org:443",
            ] {
                #expect(try await web.get("/api/v1/status", ["Host": host]).status == 200, "\(host)")
            }
        }
    }

    @Test("what a page of another site sends is refused")
    func origins() async throws {
        try await WebBench.run { web in
            let own = try await web.freeze([:])
            #expect(own == 204)
            #expect(try await web.freeze(["Origin": "http://evil.example"]) == 403)
            #expect(try await web.freeze(["Origin": "null"]) == 403)
            #expect(try await web.freeze(["Origin": "http://127.0.0.1:1"]) == 403)
            #expect(try await web.freeze(["Sec-Fetch-Site": "cross-site"]) == 403)
            #expect(try await web.freeze(["Sec-Fetch-Site": "same-site"]) == 403)
            #expect(try await web.get("/api/v1/status", ["Sec-Fetch-Site": "cross-site"]).status == 403)
            #expect(try await web.freeze(["Origin": web.url, "Sec-Fetch-Site": "same-origin"]) == 204)
        }
    }

    @Test("with a token, nobody is let in without it, and pages lead to the login")
    func token() async throws {
        try await WebBench.run(token: Self.token) { web in
            let refused = try await web.get("/api/v1/status")
            #expect(refused.status == 401 && refused.header("WWW-Authenticate")?.hasPrefix("Bearer") == true)
            #expect(refused.header("Content-Type") == "application/problem+json")
            #expect(try await web.get("/api/v1/status", ["Authorization": "Bearer wrong"]).status == 401)
            #expect(try await web.get("/api/v1/nothing").status == 401)
            #expect(try await web.get("/api/v1/status", Self.bearer).status == 200)
            #expect(try await web.get("/healthz").status == 200)
            let page = try await web.get("/schemes/cat", ["Accept": "text/html"])
            #expect(page.status == 303 && page.header("Location") == "/login?next=/schemes/cat")
        }
    }

    @Test("a browser logs in, is known by its cookie, and logs out")
    func login() async throws {
        try await WebBench.run(token: Self.token) { web in
            let form = ["Content-Type": "application/x-www-form-urlencoded"]
            let token = Self.token.replacing(" ", with: "+")
            let wrong = try await web.send(.post, "/login", form, body: "token=wrong&next=/")
            #expect(wrong.status == 403 && wrong.header("Set-Cookie") == nil)
            let right = try await web.send(.post, "/login", form, body: "token=\(token)&next=//evil.example")
            #expect(right.status == 303 && right.header("Location") == "/")
            let cookie = try #require(right.header("Set-Cookie"))
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains(token))
            let pair = String(cookie.prefix { $0 != ";" })
            #expect(try await web.get("/api/v1/status", ["Cookie": pair]).status == 200)
            #expect(try await web.get("/api/v1/status", ["Cookie": pair + "0"]).status == 401)

            let forged = try await web.send(.post, "/logout", form.merging(["Cookie": pair]) { $1 }, body: "")
            #expect(forged.status == 403)
            let session = try #require(await web.session(of: pair))
            let logout = try await web.send(
                .post, "/logout", form.merging(["Cookie": pair]) { $1 }, body: "form_token=\(session.formToken)")
            #expect(logout.status == 303)
            #expect(try await web.get("/api/v1/status", ["Cookie": pair]).status == 401)
        }
    }

    @Test("who guesses has to wait, and the right token must wait as well")
    func guessing() async throws {
        let keeper = AccessKeeper(token: Secret(Self.token))
        for _ in 0..<6 { _ = try? await keeper.logIn(token: "guess", from: "192.0.2.1") }
        await #expect(throws: LoginRefusal.self) { try await keeper.logIn(token: Self.token, from: "192.0.2.1") }
        _ = try await keeper.logIn(token: Self.token, from: "192.0.2.2")
    }

    @Test("a new token ends the sessions of the last one; time ends the others")
    func expiry() async throws {
        let clock = Wall()
        let keeper = AccessKeeper(token: Secret(Self.token), now: { clock.now })
        let first = try await keeper.logIn(token: Self.token, from: "a")
        #expect(await keeper.session(first) != nil)
        clock.advance(13 * 3600)
        #expect(await keeper.session(first) == nil)
        let second = try await keeper.logIn(token: Self.token, from: "a")
        await keeper.replace(token: Secret("another"))
        #expect(await keeper.session(second) == nil)
        #expect(await keeper.isToken("another"))
    }

    @Test("errors are problems, whatever is asked")
    func problems() async throws {
        try await WebBench.run { web in
            let nothing = try await web.get("/api/v1/nothing")
            #expect(nothing.status == 404 && nothing.header("Content-Type") == "application/problem+json")
            let wrong = try await web.send(.delete, "/api/v1/status")
            #expect(wrong.status == 405 && wrong.header("Allow") == "GET, HEAD, OPTIONS")
            let head = try await web.send(.head, "/api/v1/status")
            #expect(head.status == 200 && head.body.isEmpty)
            let page = try await web.get("/nothing<script>", ["Accept": "text/html"])
            #expect(page.status == 404 && !page.text.contains("<script>"))
        }
    }
}

extension WebBench {
    /// The status of an order.
    fileprivate func freeze(_ headers: [String: String]) async throws -> Int {
        let type = ["Content-Type": "application/json"]
        let order = #"{"action": "freeze", "why": "test"}"#
        return try await send(.post, "/api/v1/orders", headers.merging(type) { $1 }, body: order).status
    }

    fileprivate func session(of pair: String) async -> Session? {
        await keeper.session(String(pair.drop { $0 != "=" }.dropFirst()))
    }
}

/// A clock that only moves when told.
final class Wall: @unchecked Sendable {
    // Used by one test, one call after the other.
    private(set) var now = Date(timeIntervalSince1970: 1_800_000_000)
    func advance(_ seconds: TimeInterval) { now += seconds }
}
