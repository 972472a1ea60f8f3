import DNSModel
import TestSupport
import Testing
import Wire

@testable import Providers

@Suite("sandbox: a name server inside the program")
struct SandboxTests {
    private let network: Network

    init() throws { network = try .loopback() }

    private func sandbox(_ fields: KeyValuePairs<String, String> = [:]) throws -> Sandbox {
        let settings = Settings(fields).with("kind", "sandbox").with("zone", "example.org")
        return try #require(try settings.provider() as? Sandbox)
    }

    @Test("What is published is served, over UDP and TCP, with the TTL of one's choice")
    func serves() async throws {
        let sandbox = try sandbox(["ttl": "7"])
        let change = try RRsetChange.of(from: [], to: ["192.0.2.1", "192.0.2.2"])
        let serving = Task { await sandbox.serve() }
        defer { serving.cancel() }
        _ = try await sandbox.apply(change, over: network)
        #expect(
            try await sandbox.current(change.name, .a, over: network) == PublishedRRset(values: change.new, ttl: TTL(7))
        )
        for transport in [Endpoint.Transport.udp, .tcp] {
            var endpoint = sandbox.responder.endpoint
            endpoint.transport = transport
            let query = Query(Question(change.name, .a), to: endpoint)
            let retry = RetryPolicy(tryTimeout: .seconds(20), tries: 3, deadline: .seconds(60))
            let reply = await network.engine.reply(to: query, retry: retry)
            let response = try reply.result.get()
            #expect(Set(response.answer.map(\.data)) == change.new)
            #expect(response.answer.allSatisfy { $0.ttl == TTL(7) } && response.isAuthoritative)
        }
    }

    @Test("It compares and sets, makes and deletes")
    func comparesAndSets() async throws {
        let sandbox = try sandbox()
        let first = try RRsetChange.of(from: [], to: ["192.0.2.1"])
        _ = try await sandbox.apply(first, over: network)
        #expect(try await sandbox.apply(first, over: network).isUnchanged)
        let stale = try RRsetChange.of(from: ["192.0.2.9"], to: ["192.0.2.2"])
        guard case .failure(.conflict(_, let found, _)) = await sandbox.apply([stale], over: network)[0] else {
            Issue.record("no conflict")
            return
        }
        #expect(found == first.new)
        _ = try await sandbox.apply(.of(from: ["192.0.2.1"], to: []), over: network)
        #expect(try await sandbox.current(first.name, .a, over: network)?.values == [])
        let outside = try RRsetChange.of("cat.example.net", from: nil, to: ["192.0.2.1"])
        guard case .failure(.permanent) = await sandbox.apply([outside], over: network)[0] else {
            Issue.record("a name outside of the zone")
            return
        }
    }
}
