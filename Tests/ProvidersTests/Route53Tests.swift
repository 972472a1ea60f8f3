import DNSModel
import TestSupport
import Testing
import Wire

@testable import Providers

@Suite("Route 53", .enabled(if: LoopbackService.hasModule("botocore"), "Python's botocore is not installed"))
struct Route53Tests {
    private static let zone = "Z1D633PJN98FT9"
    private let network: Network
    private let clock = JumpingClock()

    init() throws { network = try .loopback() }

    private static let login = Settings(
        [
            "kind": "route53", "zone_id": zone, "access_key_id": "AKIAIOSFODNN7EXAMPLE",
            "secret_access_key": "env:KEY",
        ], secrets: ["env:KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "env:TOKEN": "temporary/token+of=time"])

    private func provider(
        at service: LoopbackService, _ change: (Settings) -> Settings = { $0 }
    ) throws -> Route53 {
        var provider = try #require(
            try change(Self.login).with("url", service.url).provider() as? Route53)
        provider.polling.clock = clock
        return provider
    }

    private func service(
        _ records: [LoopbackRecord], settings: [(key: String, value: JSONText)] = []
    ) throws -> LoopbackService {
        try LoopbackService("route53", settings: settings, records: records)
    }

    @Test("A change is waited for until every server has it, with growing pauses")
    func waits() async throws {
        let service = try service([.init("cat.example.org", "A", ["192.0.2.1"])], settings: [("pending", .number(4))])
        let reply = try await provider(at: service).apply(.of(from: ["192.0.2.1"], to: ["192.0.2.2"]), over: network)
        #expect(reply.text.contains("is INSYNC"))
        #expect(service.log.filter { $0["path"]?.string?.hasPrefix("/2013-04-01/change/") == true }.count == 5)
        #expect(clock.sleeps.first == .milliseconds(500) && clock.sleeps == clock.sleeps.sorted())
        #expect(clock.sleeps.allSatisfy { $0 <= .seconds(5) })
    }

    @Test("A change that stays PENDING is made all the same")
    func waitEnds() async throws {
        let service = try service(
            [.init("cat.example.org", "A", ["192.0.2.1"])], settings: [("pending", .number(1_000_000))])
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        let reply = try await provider(at: service) { $0.with("wait", "30s") }.apply(change, over: network)
        #expect(reply.text.contains("was still PENDING after 30s"))
        #expect(reply.values == change.new)
        #expect(clock.now.sinceStart == .seconds(30))
    }

    @Test("Nobody waits who does not want to")
    func waitsNot() async throws {
        let service = try service([.init("cat.example.org", "A", ["192.0.2.1"])])
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        let reply = try await provider(at: service) { $0.with("wait", "0") }.apply(change, over: network)
        #expect(reply.text.contains("is PENDING"))
        #expect(clock.sleeps.isEmpty && service.requestCount == 2)
    }

    @Test("A question about a change that fails is asked again")
    func waitsOn() async throws {
        let service = try service([.init("cat.example.org", "A", ["192.0.2.1"])], settings: [("pending", .number(0))])
        try await service.fail([("status", .number(503)), ("path", .string("/change/")), ("count", .number(2))])
        let reply = try await provider(at: service).apply(.of(from: ["192.0.2.1"], to: ["192.0.2.2"]), over: network)
        #expect(reply.text.contains("INSYNC"))
    }

    @Test("A service that is still busy with another change is asked later, and nothing has changed")
    func priorRequest() async throws {
        let service = try service([.init("cat.example.org", "A", ["192.0.2.1"])])
        try await service.control([("prior_incomplete", .number(1))])
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        let provider = try provider(at: service)
        let outcome = await provider.apply([change], over: network)[0]
        guard case .failure(.temporary(let message, let reply, _)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(message.contains("PriorRequestNotComplete") && reply?.contains("HTTP 400") == true)
        #expect(try await service.values() == ["192.0.2.1"])
        #expect(try await provider.apply(change, over: network).values == change.new)
    }

    @Test("Several RRsets are changed in one request, or none of them")
    func batch() async throws {
        let service = try service([
            .init("cat.example.org", "A", ["192.0.2.1"]), .init("cat.example.org", "AAAA", ["2001:db8::1"]),
            .init("dog.example.org", "A", ["192.0.2.9"]),
        ])
        let changes = [
            try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"]),
            try RRsetChange.of("cat.example.org", .aaaa, from: ["2001:db8::1"], to: ["2001:db8::2"]),
            try RRsetChange.of("cow.example.org", from: [], to: ["192.0.2.3"]),
        ]
        let provider = try provider(at: service)
        for outcome in await provider.apply(changes, over: network) { _ = try outcome.get() }
        #expect(service.writes(["POST"]).count == 1)
        let foreign = try RRsetChange.of("dog.example.org", from: ["192.0.2.1"], to: ["192.0.2.2"])
        let back = try RRsetChange.of(from: ["192.0.2.2"], to: ["192.0.2.1"])
        for outcome in await provider.apply([back, foreign], over: network) {
            guard case .failure(.conflict) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
        #expect(service.writes(["POST"]).count == 1)
        #expect(try await service.values() == ["192.0.2.2"])
    }

    @Test("A name's record sets are read though they come in pages")
    func pages() async throws {
        let service = try service(
            [
                .init("cat.example.org", "A", ["192.0.2.1"]), .init("cat.example.org", "CAA", ["0 issue \";\""]),
                .init("cat.example.org", "TXT", ["\"a\""]), .init("dog.example.org", "A", ["192.0.2.9"]),
            ], settings: [("page_size", .number(1)), ("pending", .number(0))])
        let changes = [
            try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"]),
            try RRsetChange.of("cat.example.org", .txt, from: [#""a""#], to: [#""b""#]),
        ]
        for outcome in try await provider(at: service).apply(changes, over: network) { _ = try outcome.get() }
        #expect(try await service.values("cat.example.org", "TXT") == [#""b""#])
        #expect(service.log.compactMap { $0["method"]?.string }.prefix(4) == ["GET", "GET", "GET", "POST"])
    }

    @Test("What somebody sets between the look and the change is not overwritten", arguments: [false, true])
    func race(oldErrors: Bool) async throws {
        let service = try service(
            [.init("cat.example.org", "A", ["192.0.2.1"])], settings: [("old_errors", .bool(oldErrors))])
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        try await service.putBeforeWrite(LoopbackRecord("cat.example.org", "A", ["192.0.2.7"]))
        let outcome = try await provider(at: service).apply([change], over: network)[0]
        guard case .failure(.conflict(_, let found, _)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try found == RRsetChange.of(from: nil, to: ["192.0.2.7"]).new)
        #expect(try await service.values() == ["192.0.2.7"])
    }

    @Test("Another TTL that came between is no conflict: the change is made once more with it")
    func timeToLiveRace() async throws {
        let service = try service([.init("cat.example.org", "A", ["192.0.2.1"])])
        try await service.putBeforeWrite(LoopbackRecord("cat.example.org", "A", ["192.0.2.1"], ttl: 60))
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        let provider = try provider(at: service)
        #expect(try await provider.apply(change, over: network).values == change.new)
        #expect(try await provider.current(change.name, .a, over: network)?.ttl == TTL(60))
        #expect(service.writes(["POST"]).count == 2)
    }

    @Test("A change that is wrong by itself is no conflict, and sent once")
    func wrongByItself() async throws {
        let service = try service([])
        let change = try RRsetChange.of("cat.example.net", from: [], to: ["192.0.2.2"])
        let outcome = try await provider(at: service).apply([change], over: network)[0]
        guard case .failure(.permanent(let message, let reply)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(message.contains("InvalidChangeBatch") && reply?.contains("not permitted in zone") == true)
        #expect(service.writes(["POST"]).count == 1)
    }

    @Test("Without old values the wanted ones replace whatever is there")
    func upsert() async throws {
        let service = try service([.init("cat.example.org", "A", ["192.0.2.1"], ttl: 60)])
        let provider = try provider(at: service)
        for value in ["192.0.2.2", "192.0.2.3"] {
            let change = try RRsetChange.of(from: nil, to: [value], ttl: 120)
            #expect(try await provider.apply(change, over: network).values == change.new)
        }
        let again = try RRsetChange.of(from: nil, to: ["192.0.2.3"])
        #expect(try await provider.apply(again, over: network).isUnchanged)
        let gone = try RRsetChange.of(from: nil, to: [])
        _ = try await provider.apply(gone, over: network)
        #expect(try await service.values() == [])
    }

    @Test("A record of Route 53's own kinds is told and left alone")
    func alias() async throws {
        let service = try service([.init("cat.example.org", "A", ["ALIAS"])])
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        let provider = try provider(at: service)
        guard case .failure(.permanent(let message, _)) = await provider.apply([change], over: network)[0] else {
            Issue.record("an alias was changed")
            return
        }
        #expect(message.contains("an alias of Route 53's own"))
        #expect(try await provider.current(change.name, .a, over: network)?.isHidden == true)
        #expect(service.writes(["POST"]).isEmpty)
    }

    @Test("Names and texts are written with the service's own escapes")
    func escapes() async throws {
        let service = try service([.init("*.example.org", "A", ["192.0.2.1"])])
        let provider = try provider(at: service)
        let wildcard = try RRsetChange.of("*.example.org", from: ["192.0.2.1"], to: ["192.0.2.2"])
        #expect(try await provider.apply(wildcard, over: network).values == wildcard.new)
        let text = try RRsetChange.of("txt.example.org", .txt, from: [], to: [#""a\"b\\c\228<&>""#])
        #expect(try await provider.apply(text, over: network).values == text.new)
        #expect(try await service.values("txt.example.org", "TXT") == [#""a\"b\\c\344<&>""#])
        #expect(try await provider.current(text.name, .txt, over: network)?.values == text.new)
    }

    @Test("A temporary key's token is sent and signed")
    func sessionToken() async throws {
        let service = try service(
            [.init("cat.example.org", "A", ["192.0.2.1"])],
            settings: [("session_token", .string("temporary/token+of=time"))])
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        let withToken = try provider(at: service) { $0.with("session_token", "env:TOKEN") }
        #expect(try await withToken.apply(change, over: network).values == change.new)
        guard
            case .failure(.permanent(let message, _)) = try await provider(at: service).apply([change], over: network)[
                0]
        else {
            Issue.record("taken without the token")
            return
        }
        #expect(message.contains("ExpiredToken"))
    }

    @Test(
        "The service's words for what is wrong have their meaning, whatever the status",
        arguments: [
            Case("a throttled request", (400, "Throttling"), (false, "is busy (Throttling)")),
            Case("an overloaded service", (503, "ServiceUnavailable"), (false, "is busy (ServiceUnavailable)")),
            Case("a fault of theirs", (500, "InternalError"), (false, "has a fault (HTTP 500)")),
            Case("no permission", (403, "AccessDenied"), (true, "ListResourceRecordSets and ChangeResourceRecordSets")),
            Case("a key that is none", (403, "InvalidClientTokenId"), (true, "check access_key_id")),
            Case(
                "a wrong signature", (403, "SignatureDoesNotMatch"), (true, "check secret_access_key, and this machine")
            ),
            Case("another zone", (404, "NoSuchHostedZone"), (true, "check zone_id")),
            Case("something new", (400, "SomethingNew"), (true, "(SomethingNew)")),
        ] as [Case<(Int, String), (Bool, String)>])
    func words(_ row: Case<(Int, String), (Bool, String)>) async throws {
        let service = try service([.init("cat.example.org", "A", ["192.0.2.1"])])
        let body = "<ErrorResponse><Error><Code>\(row.input.1)</Code><Message>m</Message></Error></ErrorResponse>"
        try await service.fail([("status", .number(row.input.0)), ("body", .string(body))])
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        guard case .failure(let error) = try await provider(at: service).apply([change], over: network)[0] else {
            Issue.record("it succeeded")
            return
        }
        #expect(error.isPermanent == row.output.0 && error.isTemporary != row.output.0, "\(error)")
        #expect("\(error)".contains(row.output.1), "\(error)")
    }

    @Test(
        "Settings that cannot be meant are told",
        arguments: [
            Case("no zone", Self.login.without("zone_id"), "provider: needs zone_id: give the hosted zone's ID"),
            Case("a name for a zone", Self.login.with("zone_id", "example.org"), "“example.org” is wrong"),
            Case("a path into the zone", Self.login.with("zone_id", "Z1/../Z2"), "“Z1/../Z2” is wrong"),
            Case("no secret", Self.login.without("secret_access_key"), "needs secret_access_key"),
            Case("a secret written out", Self.login.with("secret_access_key", "wJalr"), "is written out"),
            Case("a key that is none", Self.login.with("access_key_id", "AKIA:x"), "is no access key ID"),
            Case(
                "a misspelt setting", Self.login.with("sesion_token", "env:TOKEN"), "did you mean “session_token”?"),
        ])
    func badSettings(_ row: Case<Settings, String>) {
        let problems = row.input.problems
        #expect(problems.count == 1 && problems[0].contains(row.output), "\(problems)")
    }

    @Test(
        "A zone is found by the name that the service's interface has for it",
        arguments: ["", "hostedzone/", "/hostedzone/"])
    func zoneName(prefix: String) throws {
        #expect(Self.login.with("zone_id", prefix + Self.zone).problems.isEmpty)
    }
}
