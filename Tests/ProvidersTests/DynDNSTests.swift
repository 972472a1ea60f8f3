import DNSModel
import TestSupport
import Testing
import Wire

@testable import Providers

@Suite("The first word of a dyndns2 reply decides, whatever the HTTP status says")
struct DynDNSTests {
    enum Outcome: Sendable, Equatable {
        case accepted, unchanged, permanent, conflict, uncertain
        case temporary(seconds: Int?)

        init(_ outcome: ProviderOutcome) {
            switch outcome {
            case .success(let reply): self = reply.isUnchanged ? .unchanged : .accepted
            case .failure(.permanent): self = .permanent
            case .failure(.conflict): self = .conflict
            case .failure(.uncertain): self = .uncertain
            case .failure(.temporary(_, _, let wait)):
                self = .temporary(seconds: wait.map { Int($0.components.seconds) })
            }
        }
    }

    static let words: [Case<(Int, String), Outcome>] = [
        Case("set", (200, "good 192.0.2.2"), .accepted),
        Case("set, with the end of a line", (200, "good 192.0.2.2\r\n"), .accepted),
        Case("set, behind a bar", (200, "good|192.0.2.2"), .accepted),
        Case("set, without an address", (200, "good"), .accepted),
        Case("set as it was", (200, "nochg 192.0.2.2"), .unchanged),
        Case("set as it was, behind a bar", (200, "nochg|192.0.2.2"), .unchanged),
        Case("another address than the one that was asked for", (200, "good 127.0.0.1"), .conflict),
        Case("as it was, and that was another", (200, "nochg 192.0.2.1"), .conflict),
        Case("wrong key", (200, "badauth"), .permanent),
        Case("wrong key, with a status", (401, "badauth"), .permanent),
        Case("paying users only", (200, "!donator"), .permanent),
        Case("somebody else's", (200, "!yours"), .permanent),
        Case("not active", (200, "!active"), .permanent),
        Case("no such record", (200, "nohost"), .permanent),
        Case("no full name", (200, "notfqdn"), .permanent),
        Case("too many names", (200, "numhost"), .permanent),
        Case("locked", (200, "abuse"), .permanent),
        Case("an unwelcome program", (200, "badagent"), .permanent),
        Case("an unknown kind", (200, "badsys"), .permanent),
        Case("too often at HE", (200, "interval"), .temporary(seconds: 120)),
        Case("trouble", (200, "dnserr"), .temporary(seconds: 600)),
        Case("maintenance", (200, "911"), .temporary(seconds: 600)),
        Case("a page with the word in it", (200, "<html>It is all good 192.0.2.2</html>"), .uncertain),
        Case("a word that begins like it", (200, "goodness 192.0.2.2"), .uncertain),
        Case("capitals are another word", (200, "GOOD 192.0.2.2"), .uncertain),
        Case("nothing at all", (200, ""), .uncertain),
        Case("the word with a failure's status", (500, "good 192.0.2.2"), .temporary(seconds: nil)),
        Case("a failure without a word", (503, "<html>busy</html>"), .temporary(seconds: nil)),
        Case("no such path", (404, "<html>not here</html>"), .permanent),
    ]

    @Test("Every word means one thing", arguments: words, ["he", "dyndns2"])
    func word(row: Case<(Int, String), Outcome>, kind: String) async throws {
        let server = try FakeHTTPServer()
        let answer = FakeHTTPServer.Answer.response(row.input.0, body: row.input.1)
        server.on("POST", "/nic/update", answer)
        server.on("GET", "/nic/update?hostname=cat.example.org&myip=192.0.2.2", answer)
        let settings = Settings(
            kind == "he" ? ["key": "env:KEY"] : ["user": "user", "password": "env:KEY"], secrets: ["env:KEY": "k3y"])
        let provider = try settings.with("kind", kind).with("url", server.url).provider()
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        let outcome = await provider.apply([change], over: try .loopback())[0]
        #expect(Outcome(outcome) == row.output, "\(outcome)")
        #expect(server.requests.count == 1)
        #expect(server.requests[0].headers["user-agent"]?.hasPrefix("dnsconverge/") == true)
    }

    @Test("HE gets a form for each family, and never a call without an address")
    func form() async throws {
        let server = try FakeHTTPServer()
        server.on(
            "POST", "/nic/update", .response(200, body: "good 192.0.2.2"), .response(200, body: "good 2001:db8::2"))
        let provider = try Settings(["kind": "he", "key": "env:KEY", "url": server.url], secrets: ["env:KEY": "k&y="])
            .provider()
        let changes = [
            try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"]),
            try RRsetChange.of("cat.example.org", .aaaa, from: nil, to: ["2001:db8::2"]),
        ]
        for outcome in await provider.apply(changes, over: try .loopback()) { _ = try outcome.get() }
        #expect(
            server.requests.map(\.fields) == [
                ["hostname=cat.example.org", "password=k%26y%3D", "myip=192.0.2.2"],
                ["hostname=cat.example.org", "password=k%26y%3D", "myip=2001%3Adb8%3A%3A2"],
            ])
    }

    static let presets: [Case<(String, [String]), [String]>] = [
        Case(
            "families apart", ("dynv6", ["192.0.2.2", "2001:db8::2"]),
            [
                "/nic/update?hostname=cat.example.org&myip=192.0.2.2",
                "/nic/update?hostname=cat.example.org&myip=2001:db8::2",
            ]),
        Case(
            "families in one list", ("dyn", ["192.0.2.2", "2001:db8::2"]),
            ["/nic/update?hostname=cat.example.org&myip=192.0.2.2,2001:db8::2"]),
        Case(
            "families under names of their own", ("desec", ["192.0.2.2", "2001:db8::2"]),
            ["/nic/update?hostname=cat.example.org&myipv4=192.0.2.2&myipv6=2001:db8::2"]),
        Case(
            "the other family is kept", ("desec", ["192.0.2.2"]),
            ["/nic/update?hostname=cat.example.org&myipv4=192.0.2.2&myipv6=preserve"]),
        Case(
            "the first family is kept", ("desec", ["2001:db8::2"]),
            ["/nic/update?hostname=cat.example.org&myipv4=preserve&myipv6=2001:db8::2"]),
    ]

    @Test("Services get what they understand", arguments: presets)
    func preset(row: Case<(String, [String]), [String]>) async throws {
        let server = try FakeHTTPServer()
        for target in row.output { server.on("GET", target, .response(200, body: "good")) }
        let fields: KeyValuePairs = [
            "kind": "dyndns2", "service": row.input.0, "user": "me", "password": "env:KEY", "url": server.url,
        ]
        let provider = try Settings(fields, secrets: ["env:KEY": "k"]).provider()
        let changes = try row.input.1.map {
            try RRsetChange.of("cat.example.org", $0.contains(":") ? .aaaa : .a, from: nil, to: [$0])
        }
        for outcome in await provider.apply(changes, over: try .loopback()) { _ = try outcome.get() }
        #expect(server.requests.map(\.target) == row.output)
        #expect(server.requests.allSatisfy { $0.headers["authorization"] == "Basic bWU6aw==" })
    }
}
