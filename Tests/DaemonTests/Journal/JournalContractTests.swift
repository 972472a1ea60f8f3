import DNSModel
import Daemon
import Failover
import FoundationEssentials
import Testing

/// What every journal promises, whether it outlives the process or not.
@Suite("A journal remembers what happened and what a start must know")
struct JournalContractTests {
    static func journals() throws -> [any Journal] { [MemoryJournal(), try SQLiteJournal()] }

    @Test("every kind of record comes back as it was, latest first")
    func roundTrip() async throws {
        let records = try Samples.events().enumerated().map { Samples.record($0.element, after: Double($0.offset)) }
        for journal in try Self.journals() {
            await journal.commit(records)
            #expect(await journal.records(HistoryQuery(limit: 1000)) == records.reversed())
            let history = await journal.history(HistoryQuery(limit: 1000))
            #expect(history.count == records.count)
            #expect(Set(history.map(\.kind)) == Set(HistoryEntry.Kind.allCases))
            #expect(history.allSatisfy { !$0.text.isEmpty })
        }
    }

    @Test("the last memory of each scheme is found again, and is no part of the history")
    func memory() async throws {
        let dog = SchemeName("dog")
        for journal in try Self.journals() {
            await journal.commit([
                Samples.record(.memory(FailoverMemory())), Samples.record(.memory(try Samples.memory())),
                Samples.record(.memory(FailoverMemory()), of: dog),
            ])
            let memories = [Samples.cat: try Samples.memory(), dog: FailoverMemory()]
            #expect(await journal.state().memories == memories)
            #expect(await journal.state().memories[Samples.cat]?.orders.freeze?.who == "alice")
            #expect(await journal.records(HistoryQuery()).isEmpty)
        }
    }

    @Test("the numbers of changes never go back")
    func lastChange() async throws {
        for journal in try Self.journals() {
            #expect(await journal.state().lastChange == ChangeNumber(0))
            await journal.commit([Samples.record(.intent(try Samples.plan(42)))])
            await journal.note(Samples.record(.intent(try Samples.plan(41, of: SchemeName("dog")))))
            #expect(await journal.state().lastChange == ChangeNumber(42))
        }
    }

    static let closings: [(JournalEvent, isOpen: Bool)] = [
        (.outcome(ChangeNumber(1), .accepted(Samples.replies)), false),
        (.outcome(ChangeNumber(1), .failed(.temporary("HTTP 503"))), false),
        (.outcome(ChangeNumber(1), .vetoed("no")), false),
        (.outcome(ChangeNumber(1), .failed(.uncertain("the connection broke"))), true),
        (.dropped(ChangeNumber(1), why: "the old value is there"), false),
        (.spread(ChangeNumber(1), .authoritative), false),
        (.note(.settled(ChangeNumber(1), .converged)), false),
        (.readBack(ChangeNumber(1), "192.0.2.1"), true),
        (.outcome(ChangeNumber(2), .vetoed("another change's")), true),
    ]

    @Test("an intent is open until somebody knows what came of it", arguments: closings)
    func openIntents(_ event: JournalEvent, isOpen: Bool) async throws {
        for journal in try Self.journals() {
            let plan = try Samples.plan(1)
            await journal.commit([Samples.record(.intent(plan))])
            #expect(await journal.state().openIntents == [Samples.cat: plan])
            await journal.commit([Samples.record(event)])
            #expect(await journal.state().openIntents == (isOpen ? [Samples.cat: plan] : [:]))
            #expect(await journal.changes(of: nil, limit: 1).map(\.isOpen) == [isOpen])
        }
    }

    @Test("schemes that were made while the program ran are there until they are removed, and their orders with them")
    func schemes() async throws {
        for journal in try Self.journals() {
            let (old, new) = (Samples.storedScheme(), Samples.storedScheme("record: {name: dog.example}"))
            await journal.commit([Samples.record(.schemeStored(old)), Samples.record(.memory(try Samples.memory()))])
            await journal.commit([Samples.record(.schemeStored(new))])
            #expect(await journal.state().schemes == [Samples.cat: new])
            await journal.commit([Samples.record(.schemeRemoved(who: "root"))])
            #expect(await journal.state() == JournalState())
        }
    }

    @Test("a change is told with its outcome, the provider's words and its arrival")
    func changes() async throws {
        let number = ChangeNumber(2)
        let half = Convergence(authoritative: .seconds(1), arrivals: ["Quad9": .seconds(9)], waiting: ["Google"])
        let whole = Convergence(authoritative: .seconds(1), arrivals: ["Quad9": .seconds(9), "Google": .seconds(20)])
        for journal in try Self.journals() {
            for number in [1, 2] { await journal.commit([Samples.record(.intent(try Samples.plan(Int64(number))))]) }
            await journal.commit([
                Samples.record(.outcome(number, .accepted(Samples.replies)), after: 1),
                Samples.record(.convergence(number, half), after: 10),
            ])
            let running = await journal.changes(of: Samples.cat, limit: 1)
            #expect(running.first?.convergence == half)
            await journal.commit([
                Samples.record(.convergence(number, whole), after: 21),
                Samples.record(.spread(number, .converged), after: 22), Samples.record(.readBack(number, "192.0.2.2")),
            ])
            let expected = ChangeRecord(
                plan: try Samples.plan(2), outcome: .accepted(Samples.replies), outcomeAt: Samples.start + 1,
                readBack: "192.0.2.2", spread: .converged, spreadAt: Samples.start + 22, convergence: whole)
            let first = ChangeRecord(plan: try Samples.plan(1))
            #expect(await journal.changes(of: Samples.cat, limit: 9) == [expected, first])
            #expect(await journal.changes(of: SchemeName("dog"), limit: 9).isEmpty)
            // Progress is no part of the history; the whole is.
            #expect(await journal.history(HistoryQuery(kinds: [.convergence])).count == 1)
        }
    }

    @Test("the provider's last words are those of the last change that it answered", arguments: try Samples.outcomes())
    func lastReply(_ outcome: PublishOutcome) async throws {
        for journal in try Self.journals() {
            #expect(await journal.lastReply(of: Samples.cat) == nil)
            await journal.commit([
                Samples.record(.intent(try Samples.plan(1))),
                Samples.record(.outcome(ChangeNumber(1), .accepted(Samples.replies))),
                Samples.record(.intent(try Samples.plan(2))), Samples.record(.outcome(ChangeNumber(2), outcome)),
                Samples.record(.intent(try Samples.plan(3))),
            ])
            let last = await journal.lastReply(of: Samples.cat)
            #expect(last?.plan.number == ChangeNumber(outcome.replies.isEmpty ? 1 : 2))
        }
    }

    @Test("the history is told by scheme, kind and time")
    func queries() async throws {
        for journal in try Self.journals() {
            await journal.note(Samples.record(.alert(Alert(.critical, .allDown, "no server of cat is healthy"))))
            await journal.note(
                Samples.record(.note(.health(Samples.charlie, from: .ok, to: .fail, reason: "HTTP 503")), after: 5))
            await journal.commit([Samples.record(.act(who: "root", what: "reload"), after: 9, of: nil)])
            #expect(await journal.history(HistoryQuery()).map(\.kind) == [.act, .health, .alert])
            #expect(await journal.history(HistoryQuery(scheme: Samples.cat)).map(\.kind) == [.health, .alert])
            #expect(await journal.history(HistoryQuery(limit: 1)).map(\.text) == ["reload"])
            #expect(await journal.history(HistoryQuery(limit: 0)).isEmpty)
            #expect(await journal.history(HistoryQuery(kinds: [.act, .alert])).map(\.kind) == [.act, .alert])
            #expect(await journal.history(HistoryQuery(since: Samples.start + 5)).map(\.kind) == [.act, .health])
            let health = try #require(await journal.history(HistoryQuery(kinds: [.health])).first)
            #expect(health.server == "charlie" && health.text == "charlie: ok → fail: HTTP 503")
        }
    }
}
