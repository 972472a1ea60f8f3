import DNSModel
import FoundationEssentials
import Providers
import TestSupport
import Testing
import Wire

@testable import Failover

@Suite("A patrol finds what has drifted away although nothing was changed", .timeLimit(.minutes(2)))
struct PatrolTests {
    @Test("a server that alone says something else is seen at the first look, told at the second, and over when it is")
    func drift() async throws {
        let secondary = try AuthoritativeResponder(zone: try DomainName("test"), address: .loopback)
        let bench = try await EngineBench(provider: { Pair(sandbox: $0, secondary: secondary) })
        func serve(_ address: String, at servers: AuthoritativeResponder...) throws {
            let value = try RecordData(parsing: address, type: .a)
            for server in servers { server.publish([value], as: bench.scheme.record.name, .a, ttl: TTL(1)) }
        }
        try serve("192.0.2.1", at: secondary, bench.sandbox.responder)
        let serving = Task { await secondary.run() }
        defer { serving.cancel() }
        try await bench.run {
            let engine = try #require(await bench.engine[EngineBench.name])
            #expect(await engine.look(by: bench.look) == .skipped, "nothing is known yet")
            await bench.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
            while await engine.controller.lookSubjects == nil { await Task.yield() }
            #expect(await engine.look(by: bench.look) == .well)
            #expect(await engine.reports.count == 1)
            #expect(await engine.status(at: Date()).status == .ok)

            try serve("192.0.2.99", at: secondary)
            #expect(await engine.look(by: bench.look) == .trouble)
            let first = await engine.status(at: Date())
            #expect(first.status == .critical)
            #expect(first.reasons.first?.text.contains("differs from what is expected") == true)
            #expect(await engine.look(by: bench.look) == .trouble)
            while await bench.watch.nextAlert()?.code != .drift {}

            try serve("192.0.2.1", at: secondary)
            #expect(await engine.look(by: bench.look) == .well)
            while await bench.watch.nextAlert()?.ended != .drift {}
        }
    }

    @Test("it comes to every scheme by itself, and rests where it is turned off")
    func rhythm() async throws {
        let bench = try await EngineBench()
        let clock = ManualClock()
        let patrol = Patrol(bench.engine, bench.look, interval: nil, clock: clock)
        await patrol.replace(with: [EngineBench.name])
        try await bench.run {
            await bench.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
            while await bench.watch.nextSpread() != .converged {}
            let before = await bench.engine[EngineBench.name]?.status(at: Date()).lookedAt
            #expect(before != nil, "reports outlive the following of a change")
            let running = Task { await patrol.run() }
            await patrol.setInterval(.seconds(60))
            await clock.sleeping(count: 1)
            clock.advance(by: .seconds(11))
            while await bench.engine[EngineBench.name]?.status(at: Date()).lookedAt == before { await Task.yield() }
            running.cancel()
            await running.value
        }
    }
}

/// A sandbox with a second name server beside it.
private struct Pair: AuthoritativeProvider {
    static let kind = "pair"

    let sandbox: Sandbox
    let secondary: AuthoritativeResponder

    init(sandbox: Sandbox, secondary: AuthoritativeResponder) {
        self.sandbox = sandbox
        self.secondary = secondary
    }

    init?(reading settings: inout SettingReader) { nil }

    var traits: ProviderTraits { sandbox.traits }
    var nameservers: [Endpoint] { sandbox.nameservers + [secondary.endpoint] }
    func serve() async { await sandbox.serve() }

    func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset? {
        try await sandbox.current(name, type, over: network)
    }

    func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] {
        await sandbox.apply(changes, over: network)
    }
}
