import DNSModel
import TestSupport
import Testing

@Suite("A ledger of questions")
struct QueryLedgerTests {
    /// Somebody who asks for a number of questions, and what is granted to each at once, by name.
    typealias Wish = (name: String, urgency: QueryAsker.Urgency, count: Int)

    static let rows: [Case<[Wish], [String: Int]>] = [
        Case("one alone gets all that a second allows", [("a", .patrol, 9)], ["a": 4]),
        Case("who asks for less leaves the rest", [("a", .patrol, 1), ("b", .patrol, 9)], ["a": 1, "b": 3]),
        Case("two share alike, however much they want", [("a", .patrol, 90), ("b", .patrol, 9)], ["a": 2, "b": 2]),
        Case(
            "a change goes before a visitor, and a visitor before a patrol",
            [("p", .patrol, 9), ("v", .visitor, 3), ("c", .change, 2)], ["c": 2, "v": 2]),
        Case(
            "many requests of one scheme are one turn",
            [("a", .patrol, 2), ("a", .patrol, 2), ("b", .patrol, 2)], ["a": 2, "b": 2]),
    ]

    @Test("grants by urgency, then in turn", arguments: rows)
    func turns(_ row: Case<[Wish], [String: Int]>) {
        var ledger = QueryLedger(rate: 4)
        var names: [QueryLedger.Ticket: String] = [:]
        for wish in row.input {
            names[ledger.request(upTo: wish.count, of: "quad9", for: QueryAsker(wish.name, wish.urgency))] = wish.name
        }
        let granted = ledger.grants(at: .zero).reduce(into: [String: Int]()) {
            $0[names[$1.ticket] ?? "?", default: 0] += $1.count
        }
        #expect(granted == row.output)
    }

    @Test("never lets more than the rate through within any second, and nobody starves")
    func window() {
        var ledger = QueryLedger(rate: 3)
        var wanted = ["a": 7, "b": 7, "c": 1]
        var times: [Duration] = []
        var names: [QueryLedger.Ticket: String] = [:]
        func ask(_ name: String) {
            let ticket = ledger.request(upTo: wanted[name] ?? 0, of: "quad9", for: QueryAsker(name, .patrol))
            names[ticket] = name
        }
        for name in wanted.keys.sorted() { ask(name) }
        var now = Duration.zero
        while let next = ledger.nextGrant, times.count < 100 {
            now = max(now, next)
            for grant in ledger.grants(at: now) {
                guard let name = names[grant.ticket] else { continue }
                times += Array(repeating: now, count: grant.count)
                wanted[name, default: 0] -= grant.count
                if wanted[name] != 0 { ask(name) }
            }
        }
        #expect(wanted.values.allSatisfy { $0 == 0 })
        #expect(times.count == 15)
        #expect(times.indices.dropLast(3).allSatisfy { times[$0 + 3] - times[$0] >= .seconds(1) })
        #expect(times.last == .seconds(4), "and no later than it must be")
    }

    @Test("operators have a budget each")
    func operators() {
        var ledger = QueryLedger(rate: 1)
        for name in ["quad9", "google"] { _ = ledger.request(upTo: 5, of: name, for: QueryAsker("a", .patrol)) }
        #expect(ledger.grants(at: .zero).map(\.count) == [1, 1])
    }

    @Test("who has gone gets nothing, and is in nobody's way")
    func withdrawn() {
        var ledger = QueryLedger(rate: 1)
        let gone = ledger.request(upTo: 1, of: "quad9", for: QueryAsker("a", .change))
        let left = ledger.request(upTo: 1, of: "quad9", for: QueryAsker("b", .patrol))
        ledger.withdraw(gone)
        #expect(ledger.grants(at: .zero).map(\.ticket) == [left])
        #expect(ledger.nextGrant == nil)
    }

    @Test("another rate holds at once")
    func newRate() {
        var ledger = QueryLedger(rate: 1)
        _ = ledger.request(upTo: 9, of: "quad9", for: QueryAsker("a", .patrol))
        #expect(ledger.grants(at: .zero).map(\.count) == [1])
        _ = ledger.request(upTo: 8, of: "quad9", for: QueryAsker("a", .patrol))
        #expect(ledger.grants(at: .milliseconds(500)).isEmpty)
        ledger.setRate(3)
        #expect(ledger.grants(at: .milliseconds(500)).map(\.count) == [2])
    }
}
