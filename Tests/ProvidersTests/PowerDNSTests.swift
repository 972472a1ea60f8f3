import DNSModel
import TestSupport
import Testing
import Wire

@testable import Providers

@Suite(
    "PowerDNS, a real one", .enabled(if: ChildProcess.path(of: "pdns_server") != nil, "pdns_server is not installed"))
struct PowerDNSTests {
    private let network: Network

    init() throws { network = try .loopback() }

    private func provider(_ service: LoopbackService, zone: String = "example.org") throws -> any Provider {
        let fields: KeyValuePairs = ["kind": "powerdns", "url": service.url, "key": "env:KEY", "zone": zone]
        return try Settings(fields, secrets: ["env:KEY": "pdns-api-key"]).provider()
    }

    @Test("Comments stay, and so do records that were taken out of service")
    func keeps() async throws {
        let service = try LoopbackService("powerdns")
        let disabled: JSONText = .object([("content", .string("192.0.2.8")), ("disabled", .bool(true))])
        let enabled: JSONText = .object([("content", .string("192.0.2.1")), ("disabled", .bool(false))])
        let comment: JSONText = .object([("content", .string("keep me")), ("account", .string("dns"))])
        try await service.control([
            (
                "rrsets",
                .list([
                    .object([
                        ("name", .string("cat.example.org.")), ("type", .string("A")), ("ttl", .number(77)),
                        ("changetype", .string("REPLACE")), ("records", .list([disabled, enabled])),
                        ("comments", .list([comment])),
                    ])
                ])
            )
        ])
        let provider = try provider(service)
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        _ = try await provider.apply(change, over: network)
        let published = try await provider.current(change.name, .a, over: network)
        #expect(published == PublishedRRset(values: change.new, ttl: TTL(77)))
        let records = try await service.control()["records"]?.elements ?? []
        let rrset = try #require(records.first { $0["name"]?.string == "cat.example.org" })
        #expect(rrset["comments"]?.elements.first?["content"]?.string == "keep me")
        // What was out of service is served again when it is wanted.
        _ = try await provider.apply(.of(from: ["192.0.2.2"], to: ["192.0.2.8"]), over: network)
        #expect(try await service.values() == ["192.0.2.8"])
    }

    @Test("Both families go in one PATCH, all or none")
    func together() async throws {
        let service = try LoopbackService("powerdns", records: [LoopbackRecord("cat.example.org", "A", ["192.0.2.1"])])
        let changes = [
            try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"]),
            try RRsetChange.of("cat.example.org", .aaaa, from: [], to: ["2001:db8::2"]),
        ]
        for outcome in try await provider(service).apply(changes, over: network) { _ = try outcome.get() }
        #expect(service.log.map { $0["method"]?.string } == ["GET", "PATCH", "GET"])
        let outside = [
            try RRsetChange.of(from: ["192.0.2.2"], to: ["192.0.2.3"]),
            try RRsetChange.of("cat.example.net", from: nil, to: ["192.0.2.3"]),
        ]
        for outcome in try await provider(service).apply(outside, over: network) {
            #expect(throws: ProviderError.self) { try outcome.get() }
        }
        #expect(try await service.values() == ["192.0.2.2"])
    }

    @Test("A rival's value that is there afterwards is told")
    func rival() async throws {
        let service = try LoopbackService("powerdns", records: [LoopbackRecord("cat.example.org", "A", ["192.0.2.1"])])
        // The server says that it was done, and has something else.
        try await service.fail([("methods", .list([.string("PATCH")])), ("status", .number(204))])
        let outcome = try await provider(service)
            .apply([.of(from: ["192.0.2.1"], to: ["192.0.2.2"])], over: network)[0]
        guard case .failure(.conflict(let message, let found, _)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try message.contains("192.0.2.2") && found == RRsetChange.of(from: nil, to: ["192.0.2.1"]).new)
    }

    @Test("Names in data get their final dot, and a zone that is not there is told")
    func names() async throws {
        let service = try LoopbackService("powerdns")
        let alias = try RRsetChange.of("www.example.org", .cname, from: [], to: ["cat.example.org"], ttl: 60)
        let mail = try RRsetChange.of("example.org", .mx, from: [], to: ["10 mail.example.org"], ttl: 60)
        for change in [alias, mail] {
            _ = try await provider(service).apply(change, over: network)
            let published = try await provider(service).current(change.name, change.type, over: network)
            #expect(published?.values == change.new)
        }
        let stranger = try provider(service, zone: "example.net")
        let outcome = await stranger.apply([alias], over: network)[0]
        guard case .failure(.permanent(let message, _)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(message.contains("example.net"))
    }
}
