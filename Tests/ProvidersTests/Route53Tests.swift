import DNSModel
import TestSupport
import Testing
import Wire

@testable import Providers

@Suite(
    "Route 53", .enabled(if: LoopbackService.hasModule("botocore"), "Python's botocore is not installed"))
struct Route53Tests {
    private let network: Network
    private let clock = JumpingClock()
    private static let record = LoopbackRecord("cat.example.org", "A", ["192.0.2.1"], ttl: 60)

    init() throws { network = try .loopback() }

    private func provider(at url: String, token: String? = nil, zone: String = "Z1D633PJN98FT9") throws -> Route53 {
        var settings = Settings(
            [
                "zone_id": zone, "access_key_id": "AKIAIOSFODNN7EXAMPLE", "secret_access_key": "env:KEY",
                "url": url,
            ], secrets: ["env:KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"])
        if let token {
            settings = settings.with("session_token", "env:TOKEN")
            settings.secrets["env:TOKEN"] = token
        }
        var reader = settings.reader
        return try #require(Route53(reading: &reader, clock: clock))
    }

    @Test("A change is followed from PENDING to INSYNC")
    func settles() async throws {
        let service = try LoopbackService("route53", settings: [("pending", .number(3))], records: [Self.record])
        let reply = try await provider(at: service.url).apply(
            .of(from: ["192.0.2.1"], to: ["192.0.2.2"]), over: network)
        #expect(reply.text.hasSuffix("is INSYNC"))
        let paths = service.log.map {
            "\($0["method"]?.string ?? "") \($0["path"]?.string?.split(separator: "/").dropFirst().first ?? "")"
        }
        #expect(paths == ["GET hostedzone", "POST hostedzone"] + Array(repeating: "GET change", count: 4))
        #expect(clock.sleeps.count == 4)
    }

    @Test("A change that stays PENDING is accepted when the wait is over")
    func staysPending() async throws {
        let service = try LoopbackService("route53", settings: [("pending", .number(1000))], records: [Self.record])
        let reply = try await provider(at: service.url).apply(
            .of(from: ["192.0.2.1"], to: ["192.0.2.2"]), over: network)
        #expect(reply.text.hasSuffix("is PENDING"))
        #expect(clock.sleeps.reduce(.zero, +) == .seconds(60))
    }

    @Test("An earlier request that is not complete passes, though its status is 400")
    func priorRequest() async throws {
        let service = try LoopbackService("route53", records: [Self.record])
        try await service.control([("prior_incomplete", .number(1))])
        let provider = try provider(at: service.url)
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        let outcome = await provider.apply([change], over: network)[0]
        guard case .failure(.temporary) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        _ = try await provider.apply(change, over: network)
        #expect(try await service.values() == ["192.0.2.2"])
    }

    @Test("What somebody sets between the look and the change is not overwritten", arguments: [false, true])
    func race(hasOldErrors: Bool) async throws {
        let service = try LoopbackService(
            "route53", settings: [("old_errors", .bool(hasOldErrors))], records: [Self.record])
        try await service.putBeforeWrite(LoopbackRecord("cat.example.org", "A", ["192.0.2.9"], ttl: 60))
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        let outcome = try await provider(at: service.url).apply([change], over: network)[0]
        guard case .failure(.conflict(_, let found, _)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(found?.texts == ["192.0.2.9"])
        #expect(try await service.values() == ["192.0.2.9"])
    }

    @Test("A TTL that somebody changes between the look and the change is a conflict, too")
    func raceOfTTL() async throws {
        let service = try LoopbackService("route53", records: [Self.record])
        try await service.putBeforeWrite(LoopbackRecord("cat.example.org", "A", ["192.0.2.1"], ttl: 900))
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        let outcome = try await provider(at: service.url).apply([change], over: network)[0]
        guard case .failure(.conflict) = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test("A batch that is wrong in itself is for a person")
    func wrongBatch() async throws {
        let service = try LoopbackService("route53")
        let change = try RRsetChange.of("cat.example.net", from: [], to: ["192.0.2.2"], ttl: 60)
        let outcome = try await provider(at: service.url).apply([change], over: network)[0]
        guard case .failure(.permanent(_, let reply?)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reply.contains("not permitted in zone"))
    }

    @Test("One call is enough where the old values are unknown and the TTL is given")
    func upsert() async throws {
        let service = try LoopbackService("route53", settings: [("pending", .number(0))], records: [Self.record])
        _ = try await provider(at: service.url).apply(.of(from: nil, to: ["192.0.2.2"], ttl: 30), over: network)
        #expect(service.requestCount == 1)
        #expect(try await service.values() == ["192.0.2.2"])
    }

    @Test("The TTL that the service has is kept, and another is set")
    func ttl() async throws {
        let service = try LoopbackService("route53", records: [Self.record])
        let provider = try provider(at: service.url)
        _ = try await provider.apply(.of(from: ["192.0.2.1"], to: ["192.0.2.2"]), over: network)
        let name = try DomainName("cat.example.org")
        #expect(try await provider.current(name, .a, over: network)?.ttl == TTL(60))
        _ = try await provider.apply(.of(from: ["192.0.2.2"], to: ["192.0.2.1"], ttl: 30), over: network)
        #expect(try await provider.current(name, .a, over: network)?.ttl == TTL(30))
    }

    @Test("Names with an asterisk, texts with marks, and a session token are signed and read back")
    func shapes() async throws {
        let service = try LoopbackService("route53", settings: [("session_token", .string("to+ken/=="))])
        let provider = try provider(at: service.url, token: "to+ken/==")
        let wildcard = try RRsetChange.of("*.example.org", from: [], to: ["192.0.2.1"], ttl: 60)
        let text = try RRsetChange.of("t.example.org", .txt, from: [], to: [#""a & <b> \"c\"""#], ttl: 60)
        for change in [wildcard, text] {
            _ = try await provider.apply(change, over: network)
            #expect(try await provider.current(change.name, change.type, over: network)?.values == change.new)
        }
    }

    @Test("An alias is left alone")
    func alias() async throws {
        let service = try LoopbackService("route53", records: [LoopbackRecord("cat.example.org", "A", ["ALIAS"])])
        let provider = try provider(at: service.url)
        let outcome = try await provider.apply([.of(from: nil, to: ["192.0.2.2"])], over: network)[0]
        guard case .failure(.permanent(let message, _)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(message.contains("alias"))
        #expect(try await provider.current(DomainName("cat.example.org"), .a, over: network)?.isHidden == true)
    }

    @Test(
        "Moto's server takes what Amazon's would",
        .enabled(if: MotoServer.isInstalled, "Python's moto is not installed"))
    func moto() async throws {
        let moto = try await MotoServer(zone: "example.org")
        let provider = try provider(at: moto.url, zone: moto.zoneID)
        _ = try await provider.apply(.of(from: [], to: ["192.0.2.1", "192.0.2.2"], ttl: 60), over: network)
        _ = try await provider.apply(.of(from: ["192.0.2.1", "192.0.2.2"], to: ["192.0.2.3"]), over: network)
        let published = try await provider.current(DomainName("cat.example.org"), .a, over: network)
        #expect(published?.values.texts == ["192.0.2.3"])
        #expect(published?.ttl == TTL(60))
        let stale = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.4"])
        let outcome = await provider.apply([stale], over: network)[0]
        guard case .failure(.conflict) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        _ = try await provider.apply(.of(from: ["192.0.2.3"], to: []), over: network)
        #expect(try await provider.current(DomainName("cat.example.org"), .a, over: network)?.values == [])
    }
}
