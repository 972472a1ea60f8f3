import DNSModel
import TestSupport
import Testing
import Wire

@testable import Providers

@Suite("rfc2136: real primary servers", .serialized)
struct RFC2136Tests {
    private static let makes = LocalPrimary.Make.allCases.filter(\.isInstalled)
    private static let name = "www.\(LocalPrimary.zone)"
    private static let old = "192.0.2.1"
    private static let new = "192.0.2.2"
    private static let key = "hmac-sha256:k-sha256:c2hhMjU2IGtleSBvZiB0ZXN0cyE="
    private let network: Network

    init() throws { network = try .loopback() }

    private static func provider(
        port: UInt16, key: String = key, zone: String = LocalPrimary.zone, transport: String = "udp",
        timeout: String = "5s"
    ) throws -> any Provider {
        let fields: KeyValuePairs = [
            "kind": "rfc2136", "server": "127.0.0.1:\(port)", "zone": zone, "key": "env:KEY", "transport": transport,
            "timeout": timeout,
        ]
        return try Settings(fields, secrets: ["env:KEY": key]).provider()
    }

    @Test("Every make of server is there", arguments: LocalPrimary.Make.allCases)
    func everythingIsThere(make: LocalPrimary.Make) throws {
        if !make.isInstalled { try Test.cancel("\(make) is not installed") }
    }

    @Test("A change is made only from the old values, and the TTL is kept", arguments: makes, ["udp", "tcp"])
    func comparesAndSets(make: LocalPrimary.Make, transport: String) async throws {
        let server = try await LocalPrimary.start(make)
        let provider = try Self.provider(port: server.port, transport: transport)
        let change = try RRsetChange.of(Self.name, from: [Self.old], to: [Self.new])
        #expect(try await provider.apply(change, over: network).values == change.new)
        let published = PublishedRRset(values: change.new, ttl: TTL(300))
        #expect(try await provider.current(change.name, .a, over: network) == published)

        // Somebody with a stale view is refused, and told what there is.
        let stale = try RRsetChange.of(Self.name, from: [Self.old], to: ["192.0.2.3"])
        guard case .failure(.conflict(let message, let found, _)) = await provider.apply([stale], over: network)[0]
        else {
            Issue.record("no conflict")
            return
        }
        #expect(message.contains(Self.new) && found == change.new)
        #expect(try await provider.current(change.name, .a, over: network) == published)

        // What is there already is no conflict.
        #expect(try await provider.apply(change, over: network).isUnchanged)
    }

    @Test("Several values, several families, new names and deletions: all of a change or nothing", arguments: makes)
    func together(make: LocalPrimary.Make) async throws {
        let server = try await LocalPrimary.start(make)
        let provider = try Self.provider(port: server.port)
        let both = [
            try RRsetChange.of(Self.name, from: [Self.old], to: [Self.new, "192.0.2.3"], ttl: 60),
            try RRsetChange.of(Self.name, .aaaa, from: [], to: ["2001:db8::2"], ttl: 60),
        ]
        for outcome in await provider.apply(both, over: network) { _ = try outcome.get() }
        for change in both {
            let published = try await provider.current(change.name, change.type, over: network)
            #expect(published == PublishedRRset(values: change.new, ttl: TTL(60)))
        }
        // The second one's prerequisite fails, so the first is not made either.
        let half = [
            try RRsetChange.of(Self.name, from: [Self.new, "192.0.2.3"], to: []),
            try RRsetChange.of(Self.name, .aaaa, from: ["2001:db8::9"], to: []),
        ]
        for outcome in await provider.apply(half, over: network) {
            guard case .failure(.conflict) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
        #expect(try await provider.current(both[0].name, .a, over: network)?.values == both[0].new)
        _ = try await provider.apply(.of(Self.name, from: [Self.new, "192.0.2.3"], to: []), over: network)
        #expect(try await provider.current(both[0].name, .a, over: network)?.values == [])
    }

    @Test("A wrong secret, an unknown key and a zone that is not there are for a person", arguments: makes)
    func refusals(make: LocalPrimary.Make) async throws {
        let server = try await LocalPrimary.start(make)
        let change = try RRsetChange.of(Self.name, from: [Self.old], to: [Self.new], ttl: 300)
        let elsewhere = try RRsetChange.of("www.elsewhere.test", from: nil, to: [Self.new], ttl: 300)
        let wrong = "hmac-sha256:k-sha256:d3Jvbmcgc2VjcmV0IG9mIHRlc3Rz"
        let unknown = "hmac-sha256:k-nobody:c2hhMjU2IGtleSBvZiB0ZXN0cyE="
        for (provider, change) in [
            (try Self.provider(port: server.port, key: wrong), change),
            (try Self.provider(port: server.port, key: unknown), change),
            (try Self.provider(port: server.port, zone: "elsewhere.test"), elsewhere),
        ] {
            let outcome = await provider.apply([change], over: network)[0]
            guard case .failure(let error) = outcome, error.isPermanent else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(!"\(outcome) \(provider)".contains("d3Jvbmc"))
        }
        let sound = try Self.provider(port: server.port)
        #expect(try await sound.current(change.name, .a, over: network)?.values == change.old)
    }

    @Test("A closed port passes; silence leaves it open")
    func silence() async throws {
        let change = try RRsetChange.of(Self.name, from: [Self.old], to: [Self.new], ttl: 300)
        let closed = try Self.provider(port: try LoopbackSocket.freePort())
        guard case .failure(.temporary) = await closed.apply([change], over: network)[0] else {
            Issue.record("a closed port")
            return
        }
        let server = try FakeNameServer { _ in [] }
        let silent = try Self.provider(port: server.port, timeout: "200ms")
        guard case .failure(.uncertain) = await silent.apply([change], over: network)[0] else {
            Issue.record("silence")
            return
        }
    }

    @Test("What changes nothing is not sent")
    func changesNothing() async throws {
        let server = try FakeNameServer { _ in [] }
        let change = try RRsetChange.of(Self.name, from: [Self.old], to: [Self.old])
        #expect(try await Self.provider(port: server.port).apply(change, over: network).isUnchanged)
        #expect(server.queries.isEmpty)
    }

    static let badKeys: [Case<String, String>] = [
        Case("an algorithm that ldns cannot sign with", "hmac-sha384:k:c2hhMjU2IGtleQ==", "hmac-sha384"),
        Case("no key at all", "just words", "algorithm:name:secret"),
        Case("a secret that is not Base64", "hmac-sha256:k:not base64!", "Base64"),
    ]

    @Test("A key that cannot be used is told when it is read, without its secret", arguments: badKeys)
    func badKey(row: Case<String, String>) {
        let problems = #expect(throws: SettingProblems.self) { try Self.provider(port: 1, key: row.input) }
        let text = problems?.description ?? ""
        #expect(text.contains("provider.key: cannot be used") && text.contains(row.output), "\(text)")
        #expect(!text.contains("c2hhMjU2IGtleQ==") && !text.contains("not base64!"))
    }
}
