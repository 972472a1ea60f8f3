import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@Suite("One operator is one line and one vote")
struct OperatorTests {
    struct Output: Sendable, Equatable {
        var verdict: Verdict
        var counted: Bool
        var note: String?
        var caches: Int
    }

    static func quad9(_ samples: (Say, Double)...) -> [Observation] {
        [.resolver("quad9", samples.map { Sample($0.0, after: $0.1) })]
    }

    static let rows: [Case<[Observation], Output>] = [
        Case("one sample needs no note", quad9((.new, 0)), Output(verdict: .converged, counted: true, caches: 1)),
        Case(
            "converged when every sample is", quad9((.new, 0), (.new, 5)),
            Output(verdict: .converged, counted: true, note: "2 of 2 samples, at least 2 caches", caches: 2)),
        Case(
            "samples that expire together may be of one cache", quad9((.new(ttl: 100), 0), (.new(ttl: 98), 2)),
            Output(verdict: .converged, counted: true, note: "2 of 2 samples, at least 1 cache", caches: 1)),
        Case(
            "two seconds apart is still together", quad9((.new(ttl: 100), 0), (.new(ttl: 102), 0)),
            Output(verdict: .converged, counted: true, note: "2 of 2 samples, at least 1 cache", caches: 1)),
        Case(
            "three seconds apart is not", quad9((.new(ttl: 100), 0), (.new(ttl: 103), 0)),
            Output(verdict: .converged, counted: true, note: "2 of 2 samples, at least 2 caches", caches: 2)),
        Case(
            "different values are different caches", quad9((.new(ttl: 100), 0), (.old(ttl: 100), 0)),
            Output(verdict: .mixed, counted: true, note: "1 of 2 samples, at least 2 caches", caches: 2)),
        Case(
            "mixed when some samples are converged",
            quad9((.new, 0), (.new, 0), (.new, 0), (.new, 0), (.new, 0), (.old(ttl: 9), 0)),
            Output(verdict: .mixed, counted: true, note: "5 of 6 samples, at least 2 caches", caches: 2)),
        Case(
            "else the worst verdict", quad9((.old(ttl: 9), 0), (.records(["203.0.113.1"], ttl: 9000), 0)),
            Output(verdict: .wrong, counted: true, note: "0 of 2 samples, at least 2 caches", caches: 2)),
        Case(
            "a failure that tells no TTL shows no cache", quad9((.rcode(.servFail), 0), (.rcode(.servFail), 0)),
            Output(verdict: .failing, counted: true, note: "0 of 2 samples", caches: 0)),
        Case(
            "addresses of one operator count together",
            [
                .resolver("quad9", [Sample(.new)], address: "198.51.100.1"),
                .resolver("quad9", [Sample(.old(ttl: 9))], address: "2001:db8::1"),
            ], Output(verdict: .mixed, counted: true, note: "1 of 2 samples, at least 2 caches", caches: 2)),
        Case(
            "a silent address does not spoil another that is right",
            [
                .resolver("quad9", [Sample(.new)], address: "198.51.100.1"),
                .resolver("quad9", [Sample(.silence())], address: "2001:db8::1"),
            ], Output(verdict: .converged, counted: true, note: "1 of 2 samples, at least 1 cache", caches: 1)),
        Case("silence is not counted", quad9((.silence(), 0)), Output(verdict: .timeout, counted: false, caches: 0)),
        Case(
            "a block is not counted", quad9((.records(["0.0.0.0"]), 0)),
            Output(verdict: .blocked, counted: false, caches: 1)),
    ]

    @Test("rolled up from its samples", arguments: rows)
    func rollup(row: Case<[Observation], Output>) throws {
        let report = PropagationReport(
            of: .of(resolvers: row.input) { $0.memory.replaced = [PreviousRRset(data("192.0.2.1"))] })
        let line = try #require(report.operators.first)
        #expect(report.operators.count == 1)
        #expect(
            Output(verdict: line.verdict, counted: line.counted, note: line.note, caches: line.caches) == row.output)
    }

    @Test("counted are those that say something that can be judged", arguments: Verdict.allCases)
    func counted(verdict: Verdict) {
        let counted: Set<Verdict> = [.converged, .stale, .mixed, .negative, .wrong, .bogus, .failing]
        #expect(verdict.isCounted == counted.contains(verdict))
    }

    @Test("percentages count operators, not addresses, and round down")
    func percent() {
        let twice = [
            Observation.resolver("operator1", [Sample(.new)], address: "198.51.100.1"),
            .resolver("operator1", [Sample(.new)], address: "198.51.100.2"),
        ]
        let rest = operators(1, from: 2, .new) + operators(1, from: 3, .old) + operators(1, from: 4, .silence())
        let convergence = PropagationReport(of: .of(resolvers: twice + rest)).convergence
        let seen = [convergence.operators.converged, convergence.operators.counted, convergence.operators.total]
        #expect(seen == [2, 3, 4])
        #expect(convergence.operators.percent == 66.6)
    }

    @Test("nearly all is not 100 percent")
    func rounding() {
        let report = PropagationReport(of: .of(resolvers: operators(2999, .new) + operators(1, from: 3000, .old)))
        #expect(report.convergence.operators.percent == 99.9)
    }

    @Test("the lines keep the order in which operators were asked")
    func order() {
        let asked = ["zeta", "alpha", "mid"].map { Observation.resolver($0, .new) }
        #expect(PropagationReport(of: .of(resolvers: asked)).operators.map(\.id) == ["zeta", "alpha", "mid"])
    }

    @Test("an answer that is awaited is pending, one that is not wanted says why")
    func pending() {
        let awaited = Observation.resolver("quad9", [])
        var skipped = Observation.resolver("six", [])
        skipped.notAsked = "no IPv6 route"
        let report = PropagationReport(of: .of(resolvers: [awaited, skipped]))
        #expect(report.operators.map(\.notAsked) == ["no answer yet", "no IPv6 route"])
        #expect(report.pending == 1)
        #expect(report.convergence.operators.total == 2)
    }
}
