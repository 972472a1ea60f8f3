import DNSModel
import Failover
import FoundationEssentials
import Providers
import Testing
import Wire

@Suite("An engine keeps a record right, and what it does in the journal", .timeLimit(.minutes(2)))
struct SchemeEngineTests {
    @Test("a server fails, the next one is published, and the change is followed to its end")
    func failover() async throws {
        let bench = try await EngineBench()
        try await bench.run {
            await bench.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
            #expect(await bench.watch.nextSpread() == .authoritative)
            #expect(await bench.watch.nextSpread() == .converged)
            #expect(bench.published == ["192.0.2.1"])
            await bench.report(["charlie": .fail])
            #expect(await bench.watch.nextSpread() == .authoritative)
            #expect(await bench.watch.nextSpread() == .converged)
            #expect(bench.published == ["192.0.2.2"])
        }
        let changes = await bench.journal.changes(of: EngineBench.name, limit: 10)
        #expect(changes.map { $0.plan.selected.map(\.text) } == [["echo"], ["charlie"]])
        #expect(changes.allSatisfy { $0.spread == .converged })
    }

    @Test("the intent is in the journal before the provider is called")
    func intentFirst() async throws {
        let journal = MemoryJournal()
        let seen = Seen()
        let bench = try await EngineBench(
            journal: journal,
            provider: { sandbox in
                WatchedProvider(sandbox) { _ in
                    let intents = await journal.records(HistoryQuery(kinds: [.change]))
                    await seen.add(intents.count)
                }
            })
        try await bench.run {
            await bench.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
            _ = await bench.watch.nextOutcome()
        }
        #expect(await seen.all == [1])
    }

    @Test("the provider is told where a change comes from, and what is kept is not")
    func origin() async throws {
        let journal = MemoryJournal()
        let origins = AsyncStream.makeStream(of: ChangeOrigin?.self)
        let bench = try await EngineBench(
            journal: journal,
            provider: { sandbox in WatchedProvider(sandbox) { origins.continuation.yield($0.first?.origin) } })
        try await bench.run {
            await bench.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
            _ = await bench.watch.nextOutcome()
        }
        var seen = origins.stream.makeAsyncIterator()
        let origin = try #require(await seen.next() ?? nil)
        let change = try #require(await journal.changes(of: EngineBench.name, limit: 1).first)
        #expect(origin.scheme == EngineBench.name && origin.number == change.plan.number)
        #expect(origin.owner.hasPrefix("dnsconverge@"))
        #expect(change.plan.changes.allSatisfy { $0.origin == nil })
    }

    @Test("an engine that only observes decides, and changes nothing")
    func observing() async throws {
        let bench = try await EngineBench(gatekeeper: ClosedGate("only watching"))
        try await bench.run {
            await bench.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
            #expect(await bench.watch.nextOutcome() == .vetoed("only watching"))
        }
        #expect(bench.published.isEmpty)
    }

    @Test("a hook that says no is heard")
    func veto() async throws {
        struct No: ChangeHooks {
            func veto(_ plan: ChangePlan) -> String? { "not on a Friday" }
            func published(_ plan: ChangePlan, _ outcome: PublishOutcome) {}
            func spread(_ plan: ChangePlan, _ spread: Spread) {}
        }
        let bench = try await EngineBench(hooks: No())
        try await bench.run {
            await bench.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
            #expect(await bench.watch.nextOutcome() == .vetoed("not on a Friday"))
        }
        #expect(bench.published.isEmpty)
    }

    @Test("told to end, it waits for the provider call in flight, and its outcome is in the journal")
    func draining() async throws {
        let (called, call) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let bench = try await EngineBench(provider: { sandbox in
            WatchedProvider(sandbox) { _ in
                call.yield()
                for await _ in released { break }
            }
        })
        let running = Task { await bench.engine.run() }
        await bench.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
        for await _ in called { break }
        await bench.engine.stop()
        release.yield()
        await running.value
        #expect(bench.published == ["192.0.2.1"])
        let change = try #require(await bench.journal.changes(of: EngineBench.name, limit: 1).first)
        #expect(change.outcome != nil)
    }

    @Test("after a restart nothing is sent that the record has already")
    func restart() async throws {
        let journal = MemoryJournal()
        let first = try await EngineBench(journal: journal)
        try await first.run {
            await first.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
            _ = await first.watch.nextSpread()
        }
        let state = await journal.state()
        let seen = Seen()
        let second = try await EngineBench(
            sandbox: first.sandbox, journal: journal, memory: state.memories[EngineBench.name],
            provider: { WatchedProvider($0) { _ in await seen.add(1) } })
        try await second.run {
            await second.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
            _ = await second.watch.next { if case .note(.health) = $0 { true } else { nil } }
            await second.report(["charlie": .fail])
            _ = await second.watch.nextOutcome()
        }
        #expect(await seen.all == [1], "only for charlie's failure")
        #expect(second.published == ["192.0.2.2"])
        let numbers = await journal.changes(of: EngineBench.name, limit: 10).map(\.plan.number)
        #expect(numbers == numbers.sorted(by: >), "numbers never go back")
    }

    @Test("an order for a server that is none is refused with the names that there are")
    func refusal() async throws {
        let bench = try await EngineBench()
        let order = FailoverOrder.unpin(who: "test")
        #expect(await bench.engine.order(order, to: SchemeName("dog"))?.contains("there are cat") == true)
        let maintenance = FailoverOrder.endMaintenance(ServerName("delta"), who: "test")
        #expect(await bench.engine.order(maintenance, to: EngineBench.name)?.contains("charlie, echo, bravo") == true)
        #expect(await bench.engine.order(order, to: EngineBench.name) == nil)
    }
}

private actor Seen {
    private(set) var all: [Int] = []
    func add(_ count: Int) { all.append(count) }
}

/// A sandbox whose calls can be seen, and held up.
private struct WatchedProvider: AuthoritativeProvider {
    static let kind = "watched"

    private let sandbox: Sandbox
    private let onCall: @Sendable ([RRsetChange]) async -> Void

    init(_ sandbox: Sandbox, onCall: @escaping @Sendable ([RRsetChange]) async -> Void) {
        self.sandbox = sandbox
        self.onCall = onCall
    }

    init?(reading settings: inout SettingReader) { nil }

    var traits: ProviderTraits { sandbox.traits }
    var nameservers: [Endpoint] { sandbox.nameservers }
    func serve() async { await sandbox.serve() }

    func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset? {
        try await sandbox.current(name, type, over: network)
    }

    func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] {
        await onCall(changes)
        return await sandbox.apply(changes, over: network)
    }
}
