import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@Suite("Families of addresses")
struct SelectionFamilyTests {
    struct Input: Sendable {
        var healths: String
        var families = Policy.Families.lockstep
        /// Servers, counted from 1, that have no IPv6 address.
        var withoutSix: Set<Int> = []
        var canWithdraw = true
        var published: [RecordType: Set<RecordData>] = [.a: a(1), .aaaa: aaaa(1)]
    }

    typealias Wanted = [RecordType: Set<RecordData>]

    static let rows: [Case<Input, Wanted>] = [
        Case("both lead to the same server", Input(healths: "-++"), [.a: a(2), .aaaa: aaaa(2)]),
        Case(
            "in lockstep a server without IPv6 takes the AAAA away", Input(healths: "-++", withoutSix: [2]),
            [.a: a(2), .aaaa: []]),
        Case(
            "unless the service cannot do that: then another is picked",
            Input(healths: "-++", withoutSix: [2], canWithdraw: false), [.a: a(3), .aaaa: aaaa(3)]),
        Case(
            "in lockstep a half-made change is completed",
            Input(healths: "+++", published: [.a: a(1), .aaaa: aaaa(2)]),
            [.a: a(1), .aaaa: aaaa(1)]),
        Case(
            "apart, each has the best of those that have it", Input(healths: "-++", families: .apart, withoutSix: [2]),
            [.a: a(2), .aaaa: aaaa(3)]),
        Case(
            "apart, nothing is taken away", Input(healths: "-+-", families: .apart, withoutSix: [2]),
            [.a: a(2), .aaaa: aaaa(1)]),
    ]

    @Test("are kept together, or apart", arguments: rows)
    func families(row: Case<Input, Wanted>) {
        let scheme = Scheme.cat(families: [.ipv4, .ipv6]) { scheme in
            scheme.policy.families = row.input.families
            for number in row.input.withoutSix { scheme.servers[number - 1].addresses.removeLast() }
        }
        var situation = Situation(conditions: [:], published: row.input.published, now: .start)
        for (server, letter) in zip(scheme.servers, row.input.healths) {
            situation.conditions[server.name] = .init(letter)
        }
        situation.canWithdraw = row.input.canWithdraw
        let choices = Selection(of: scheme, in: situation).choices
        #expect(choices.count == (row.input.families == .apart ? 2 : 1))
        #expect(choices.map(\.wanted).reduce(into: [:]) { $0.merge($1) { $1 } } == row.output)
    }
}
