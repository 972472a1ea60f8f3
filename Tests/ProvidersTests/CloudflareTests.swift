import DNSModel
import TestSupport
import Testing
import Wire

@testable import Providers

@Suite("Cloudflare", .enabled(if: LoopbackService.isInstalled, "python3 is not installed"))
struct CloudflareTests {
    private let network: Network

    init() throws { network = try .loopback() }

    private func provider(_ service: LoopbackService, _ fields: KeyValuePairs<String, String> = [:]) throws
        -> any Provider
    {
        var settings = Settings(fields, secrets: ["env:TOKEN": "cf-token-0123456789"])
            .with("kind", "cloudflare").with("url", service.url).with("token", "env:TOKEN")
        if !settings.fields.contains(where: { $0.key == "zone" }) {
            settings = settings.with("zone_id", "023e105f4ecef8ad9ca31a8372d0c353")
        }
        return try settings.provider()
    }

    private static func record(_ content: String, _ more: [(key: String, value: JSONText)] = []) -> JSONText {
        .object(
            [
                ("name", .string("cat.example.org")), ("type", .string("A")), ("content", .string(content)),
            ] + more)
    }

    @Test(
        "Proxying, comment, tags and TTL stay as they are", arguments: [["192.0.2.2"], ["192.0.2.2", "192.0.2.3"]])
    func keeps(values: [String]) async throws {
        let service = try LoopbackService("cloudflare")
        let more: [(key: String, value: JSONText)] = [
            ("proxied", .bool(true)), ("comment", .string("keep me")), ("tags", .list([.string("owner:dns")])),
        ]
        try await service.control([("cloudflare_records", .list([Self.record("192.0.2.1", more)]))])
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: values, ttl: 120)
        _ = try await provider(service).apply(change, over: network)
        let records = (try await service.control()["records"]?.elements ?? []).filter { $0["type"]?.string == "A" }
        #expect(records.count == values.count)
        for record in records {
            #expect(record["proxied"]?.bool == true)
            #expect(record["comment"]?.string == "keep me")
            #expect(record["tags"]?.elements.compactMap(\.string) == ["owner:dns"])
            #expect(record["ttl"]?.integer == 1)
        }
        let published = try await provider(service).current(change.name, .a, over: network)
        #expect(published == PublishedRRset(values: change.new, ttl: nil, isHidden: true))
    }

    @Test("Without a fence one record is patched; several go in one batch; what is there then is read")
    func calls() async throws {
        let service = try LoopbackService(
            "cloudflare",
            records: [
                LoopbackRecord("cat.example.org", "A", ["192.0.2.1"]),
                LoopbackRecord("cat.example.org", "AAAA", ["2001:db8::1"]),
            ])
        let provider = try provider(service, ["fence": "false"])
        #expect(!provider.traits.comparesAndSets)
        _ = try await provider.apply(.of(from: ["192.0.2.1"], to: ["192.0.2.2"]), over: network)
        let both = [
            try RRsetChange.of(from: ["192.0.2.2"], to: ["192.0.2.3"]),
            try RRsetChange.of("cat.example.org", .aaaa, from: ["2001:db8::1"], to: ["2001:db8::2"]),
        ]
        for outcome in await provider.apply(both, over: network) { _ = try outcome.get() }
        let methods = service.log.map { $0["method"]?.string ?? "" }
        #expect(methods == ["GET", "PATCH", "GET", "GET", "POST", "GET"])
        #expect(service.log[4]["path"]?.string?.hasSuffix("/dns_records/batch") == true)
    }

    @Test("A change and its fence are one call, and the fence is known from then on")
    func fence() async throws {
        let service = try LoopbackService(
            "cloudflare", records: [LoopbackRecord("cat.example.org", "A", ["192.0.2.1"])])
        let provider = try provider(service)
        #expect(provider.traits.comparesAndSets)
        _ = try await provider.apply(.of(from: ["192.0.2.1"], to: ["192.0.2.2"]), over: network)
        _ = try await provider.apply(.of(from: ["192.0.2.2"], to: ["192.0.2.3"]), over: network)
        #expect(service.log.map { $0["method"]?.string } == ["GET", "GET", "POST", "GET", "POST"])
        let fences = (try await service.control()["records"]?.elements ?? []).filter { $0["type"]?.string == "TXT" }
        #expect(fences.map { $0["name"]?.string } == ["_dnsconverge.cat.example.org"])
    }

    @Test(
        "Of two engines that have seen the same, the second is refused and overwrites nothing",
        arguments: [true, false])
    func rivals(areNew: Bool) async throws {
        let service = try LoopbackService(
            "cloudflare", records: [LoopbackRecord("cat.example.org", "A", ["192.0.2.1"])])
        let (one, other) = (try provider(service), try provider(service))
        if !areNew {
            _ = try await one.apply(.of(from: ["192.0.2.1"], to: ["192.0.2.2"]), over: network)
            _ = try await other.apply(.of(from: ["192.0.2.2"], to: ["192.0.2.1"]), over: network)
        }
        // The other's change is made while ours is under way: just before its batch is acted upon.
        try await service.control([
            ("rivals", .list([])),
            ("fenced_rival", .object([("name", .string("cat.example.org")), ("content", .string("192.0.2.8"))])),
        ])
        let outcome = try await one.apply([.of(from: ["192.0.2.1"], to: ["192.0.2.3"])], over: network)[0]
        guard case .failure(.conflict(_, let found, _)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try found == RRsetChange.of(from: nil, to: ["192.0.2.8"]).new)
        #expect(try await service.values() == ["192.0.2.8"])
    }

    @Test("Without a fence a rival's value that is there afterwards is told")
    func unfencedRival() async throws {
        let service = try LoopbackService(
            "cloudflare", records: [LoopbackRecord("cat.example.org", "A", ["192.0.2.1"])])
        let provider = try provider(service, ["fence": "false"])
        // The service says that it was done, and has something else.
        let page = #"{"success": true, "errors": [], "messages": [], "result": {}}"#
        try await service.fail([
            ("methods", .list([.string("PATCH")])), ("body", .string(page)), ("status", .number(200)),
        ])
        let outcome = try await provider.apply([.of(from: ["192.0.2.1"], to: ["192.0.2.3"])], over: network)[0]
        guard case .failure(.conflict(let message, _, _)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(message.contains("192.0.2.3") && message.contains("192.0.2.1"))
    }

    @Test("The zone's name is enough, and is looked up once")
    func zoneByName() async throws {
        let service = try LoopbackService(
            "cloudflare", records: [LoopbackRecord("cat.example.org", "A", ["192.0.2.1"])])
        let provider = try provider(service, ["zone": "example.org"])
        _ = try await provider.apply(.of(from: ["192.0.2.1"], to: ["192.0.2.2"]), over: network)
        _ = try await provider.apply(.of(from: ["192.0.2.2"], to: ["192.0.2.3"]), over: network)
        #expect(service.log.filter { $0["path"]?.string == "/zones" }.count == 1)
        let stranger = try self.provider(service, ["zone": "example.net"])
        let outcome = try await stranger.apply([.of("cat.example.net", from: nil, to: ["192.0.2.2"])], over: network)[0]
        guard case .failure(.permanent(let message, _)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(message.contains("example.net") && message.contains("zone_id"))
    }

    @Test("Lists are read to their last page", arguments: [false, true])
    func pages(isUncounted: Bool) async throws {
        let service = try LoopbackService(
            "cloudflare", settings: [("page", .number(2)), ("uncounted", .bool(isUncounted))],
            records: [LoopbackRecord("cat.example.org", "A", (1...5).map { "192.0.2.\($0)" })])
        let published = try await provider(service).current(DomainName("cat.example.org"), .a, over: network)
        #expect(published?.values.count == 5)
        #expect(service.requestCount == (isUncounted ? 4 : 3))
    }

    @Test("A record that has gone meanwhile is looked up again")
    func recordIsGone() async throws {
        let service = try LoopbackService(
            "cloudflare", records: [LoopbackRecord("cat.example.org", "A", ["192.0.2.1"])])
        // The same value under another identifier.
        try await service.putBeforeWrite(LoopbackRecord("cat.example.org", "A", ["192.0.2.1"]))
        _ = try await provider(service).apply(.of(from: ["192.0.2.1"], to: ["192.0.2.2"]), over: network)
        #expect(try await service.values() == ["192.0.2.2"])
        #expect(service.log.map { $0["status"]?.integer } == [200, 200, 404, 200, 200, 200])
    }

    @Test(
        "After a 429, or when nothing is left of the limit, no call follows before its time", arguments: [true, false])
    func rest(isRefused: Bool) async throws {
        let service = try LoopbackService(
            "cloudflare", settings: [("remaining", .number(isRefused ? 1000 : 0))],
            records: [LoopbackRecord("cat.example.org", "A", ["192.0.2.1"])])
        let provider = try provider(service)
        if isRefused {
            try await service.fail([("status", .number(429)), ("headers", .object([("Retry-After", .string("30"))]))])
        }
        for _ in 0..<2 {
            let outcome = try await provider.apply([.of(from: ["192.0.2.1"], to: ["192.0.2.2"])], over: network)[0]
            guard case .failure(.temporary(_, _, let wait?)) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(wait > .seconds(20) && wait <= .seconds(30))
        }
        #expect(service.requestCount == 1)
    }

    @Test("A batch of which one part is refused changes nothing")
    func atomicity() async throws {
        let service = try LoopbackService(
            "cloudflare", records: [LoopbackRecord("cat.example.org", "A", ["192.0.2.1"])])
        let changes = [
            try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"]),
            try RRsetChange.of("cat.elsewhere.net", from: nil, to: ["192.0.2.2"]),
        ]
        for outcome in try await provider(service).apply(changes, over: network) {
            #expect(throws: ProviderError.self) { try outcome.get() }
        }
        #expect(try await service.values() == ["192.0.2.1"])
    }
}
