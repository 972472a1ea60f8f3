import DNSModel
import TestSupport
import Testing
import Wire

@testable import Providers

@Suite("Services by template", .enabled(if: LoopbackService.isInstalled, "python3 is not installed"))
struct TemplateProviderTests {
    private let network: Network
    private let clock = JumpingClock()

    init() throws { network = try .loopback() }

    private static func settings(_ template: String) -> Settings {
        Settings(
            ["kind": "http", "template": template, "zone": "example.org", "token": "env:TOKEN"],
            secrets: ["env:TOKEN": template == "gandi" ? "gandi-access-token" : "\(template)-token"])
    }

    private func provider(_ template: String, at service: LoopbackService) throws -> TemplateProvider {
        var settings = Self.settings(template).with("url", service.url)
        if template == "hetzner" { settings.secrets = ["env:TOKEN": "hetzner-cloud-token"] }
        return try provider(settings)
    }

    private func provider(_ settings: Settings) throws -> TemplateProvider {
        var provider = try #require(try settings.provider() as? TemplateProvider)
        provider.polling.clock = clock
        return provider
    }

    private func failure(
        _ change: RRsetChange, by provider: TemplateProvider, _ location: SourceLocation = #_sourceLocation
    ) async throws -> ProviderError {
        switch await provider.apply([change], over: network)[0] {
        case .failure(let error): return error
        case .success(let reply): throw Surprise(text: "\(reply)")
        }
    }

    struct Surprise: Error { let text: String }

    @Test("Hetzner: values and TTL are actions of their own, each waited for")
    func hetznerActions() async throws {
        let service = try LoopbackService("hetzner", records: [.init("cat.example.org", "A", ["192.0.2.1"])])
        let provider = try provider("hetzner", at: service)
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"], ttl: 120)
        #expect(try await provider.apply(change, over: network).values == change.new)
        let path = "/v1/zones/example.org/rrsets/cat/A/actions/"
        #expect(service.writes(["POST"]) == ["POST \(path)set_records", "POST \(path)change_ttl"])
        #expect(clock.sleeps.count == 4)
        #expect(try await provider.current(change.name, .a, over: network)?.ttl == TTL(120))
        let retimed = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"], ttl: 300)
        _ = try await provider.apply(retimed, over: network)
        #expect(service.writes(["POST"]).count == 3)
    }

    @Test("Hetzner: an action that fails is told, and one that never ends leaves it open")
    func hetznerFailures() async throws {
        let service = try LoopbackService("hetzner", records: [.init("cat.example.org", "A", ["192.0.2.1"])])
        try await service.control([("fail_actions", .bool(true))])
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        let failed = try await failure(change, by: provider("hetzner", at: service))
        #expect(failed.isTemporary && "\(failed)".contains("action_failed"), "\(failed)")
        let slow = try LoopbackService(
            "hetzner", settings: [("polls", .number(1_000_000))],
            records: [.init("cat.example.org", "A", ["192.0.2.1"])])
        let open = try await failure(change, by: provider("hetzner", at: slow))
        #expect(open.isUncertain && "\(open)".contains("not done with it after 1m"), "\(open)")
    }

    @Test("Hetzner: the time to wait is the one at which the limit is lifted")
    func hetznerLimit() async throws {
        let service = try LoopbackService("hetzner", records: [.init("cat.example.org", "A", ["192.0.2.1"])])
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        for (header, wait) in [("17", Duration.seconds(17)), ("1000000001", .zero), ("4102444800", .seconds(86_400))] {
            try await service.fail([
                ("status", .number(429)), ("headers", .object([("RateLimit-Reset", .string(header))])),
            ])
            let error = try await failure(change, by: provider("hetzner", at: service))
            #expect(error.retryAfter == wait, "\(error)")
        }
        try await service.fail([("status", .number(423)), ("methods", .list([.string("POST")]))])
        #expect(try await failure(change, by: provider("hetzner", at: service)).isTemporary)
    }

    @Test("DigitalOcean: records are replaced and added before others go")
    func digitalOceanOrder() async throws {
        let service = try LoopbackService(
            "digitalocean", records: [.init("cat.example.org", "A", ["192.0.2.1", "192.0.2.2", "192.0.2.3"])])
        let provider = try provider("digitalocean", at: service)
        let fewer = try RRsetChange.of(from: ["192.0.2.1", "192.0.2.2", "192.0.2.3"], to: ["192.0.2.3", "192.0.2.4"])
        _ = try await provider.apply(fewer, over: network)
        #expect(service.log.compactMap { $0["method"]?.string } == ["GET", "PATCH", "DELETE"])
        #expect(try await service.values() == ["192.0.2.3", "192.0.2.4"])
        let more = try RRsetChange.of(from: ["192.0.2.3", "192.0.2.4"], to: ["192.0.2.3", "192.0.2.4", "192.0.2.5"])
        _ = try await provider.apply(more, over: network)
        #expect(service.writes(["POST"]).count == 1)
        let retimed = try RRsetChange.of(from: ["192.0.2.3"], to: ["192.0.2.3", "192.0.2.4", "192.0.2.5"], ttl: 60)
        _ = try await provider.apply(retimed, over: network)
        #expect(try await provider.current(more.name, .a, over: network)?.ttl == TTL(60))
    }

    @Test("DigitalOcean: a record that was made anew meanwhile is found under its new ID")
    func digitalOceanStaleID() async throws {
        let service = try LoopbackService("digitalocean", records: [.init("cat.example.org", "A", ["192.0.2.1"])])
        try await service.putBeforeWrite(LoopbackRecord("cat.example.org", "A", ["192.0.2.1"]))
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        #expect(try await provider("digitalocean", at: service).apply(change, over: network).values == change.new)
        #expect(service.log.compactMap { $0["status"]?.integer } == [200, 404, 200, 200])
    }

    @Test("A text is written and read as the service has it", arguments: ["digitalocean", "gandi", "desec", "hetzner"])
    func texts(template: String) async throws {
        let service = try LoopbackService(template)
        let provider = try provider(template, at: service)
        let text = #""v=spf1 \"quoted\" -all""#
        let change = try RRsetChange.of("example.org", .txt, from: [], to: [text], ttl: 3600)
        _ = try await provider.apply(change, over: network)
        let isPlain = template == "digitalocean"
        #expect(try await service.values("example.org", "TXT") == [isPlain ? #"v=spf1 "quoted" -all"# : text])
        let next = try RRsetChange.of("example.org", .txt, from: [text], to: ["b"], ttl: 3600)
        #expect(try await provider.apply(next, over: network).values == next.new)
    }

    @Test("Targets end with a dot, and are read without one", arguments: ["digitalocean", "gandi", "desec", "hetzner"])
    func targets(template: String) async throws {
        let service = try LoopbackService(template)
        let provider = try provider(template, at: service)
        let change = try RRsetChange.of("www.example.org", .cname, from: [], to: ["cat.example.net"], ttl: 3600)
        _ = try await provider.apply(change, over: network)
        #expect(try await service.values("www.example.org", "CNAME") == ["cat.example.net."])
        #expect(try await provider.current(change.name, .cname, over: network)?.values == change.new)
    }

    @Test("deSEC: a TTL below the domain's least is refused before it is sent, unless deSEC has lowered it")
    func deSECMinimum() async throws {
        let service = try LoopbackService(
            "desec", settings: [("minimum_ttl", .number(900))], records: [.init("cat.example.org", "A", ["192.0.2.1"])])
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"], ttl: 300)
        #expect(try await failure(change, by: provider("desec", at: service)).isPermanent)
        #expect(service.requestCount == 0)
        let settings = Self.settings("desec").with("url", service.url).with("min_ttl", "60")
        let refused = try await failure(change, by: provider(settings))
        #expect(refused.isPermanent && "\(refused)".contains("Ensure this value is at least 900"), "\(refused)")
    }

    @Test("Duck DNS: another address than the wanted one is told")
    func duckEcho() async throws {
        let service = try LoopbackService(
            "duckdns", settings: [("zone", .string("example.org"))],
            records: [.init("cat.example.org", "A", ["192.0.2.1"])])
        try await service.fail([("status", .number(200)), ("body", .string("OK\n203.0.113.9\n\nUPDATED"))])
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        guard case .conflict(_, let found, _) = try await failure(change, by: provider("duckdns", at: service)) else {
            Issue.record("another address was taken for the wanted one")
            return
        }
        #expect(try found == RRsetChange.of(from: nil, to: ["203.0.113.9"]).new)
    }

    @Test("A name outside the zone, or a type that the service does not take, is refused before anything is sent")
    func refusedHere() async throws {
        let service = try LoopbackService("gandi")
        let outside = try RRsetChange.of("cat.example.net", from: [], to: ["192.0.2.2"], ttl: 300)
        let error = try await failure(outside, by: provider("gandi", at: service))
        #expect("\(error)".contains("cat.example.net is not in the zone example.org; check zone"))
        let mail = try RRsetChange.of("example.org", .mx, from: [], to: ["10 mail.example.org"], ttl: 300)
        #expect(try await failure(mail, by: provider("digitalocean", at: service)).isPermanent)
        #expect(service.requestCount == 0)
    }
}
