import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@Suite("What a resolver says is judged by what the authoritative side says")
struct ResolverVerdictTests {
    struct Input: Sendable {
        var says: Say
        var ede: [UInt16] = []
        var authoritative: [Observation] = [.authoritative("ns1", .new), .authoritative("ns2", .new)]
        var after = 0.0
        var resolver: @Sendable (inout Observation) -> Void = { _ in }
        var evidence: @Sendable (inout GatheredEvidence) -> Void = { _ in }
    }

    struct Output: Sendable, Equatable {
        var verdict: Verdict
        var secondsLeft: Int?
        var presumed = false
    }

    static let was: @Sendable (inout GatheredEvidence) -> Void = {
        $0.previous = [PreviousRRset(given: [.address(address("192.0.2.1"))])]
    }

    static let basics: [Case<Input, Output>] = [
        Case("the expected RRset", Input(says: .new(ttl: 17)), Output(verdict: .converged)),
        Case(
            "a previous RRset, with the seconds left", Input(says: .old(ttl: 252), evidence: was),
            Output(verdict: .stale, secondsLeft: 252)),
        Case(
            "the seconds left count down from the answer", Input(says: .old(ttl: 252), after: 100.5, evidence: was),
            Output(verdict: .stale, secondsLeft: 152)),
        Case(
            "seconds left are never negative", Input(says: .old(ttl: 5), after: 60, evidence: was),
            Output(verdict: .stale, secondsLeft: 0)),
        Case(
            "part expected and part not", Input(says: .records(["192.0.2.2", "192.0.2.9"], ttl: 40)),
            Output(verdict: .mixed, secondsLeft: 40)),
        Case(
            "old and new together", Input(says: .records(["192.0.2.2", "192.0.2.1"], ttl: 40), evidence: was),
            Output(verdict: .mixed, secondsLeft: 40)),
        Case(
            "a part of the expected set that was the previous set",
            Input(
                says: .old(ttl: 40),
                authoritative: [.authoritative("ns1", .records(["192.0.2.1", "192.0.2.2"]))], evidence: was),
            Output(verdict: .stale, secondsLeft: 40)),
        Case(
            "NXDOMAIN while all have the record", Input(says: .nxDomain()), Output(verdict: .negative, secondsLeft: 60)),
        Case("NODATA while all have the record", Input(says: .noData()), Output(verdict: .negative, secondsLeft: 60)),
        Case(
            "a negative answer lives no longer than the SOA's MINIMUM", Input(says: .nxDomain(soa: 86400)),
            Output(verdict: .negative, secondsLeft: 3600)),
        Case("a negative answer without SOA", Input(says: .noData(soa: nil)), Output(verdict: .negative)),
        Case(
            "an alias that leads nowhere is a negative answer", Input(says: .aliases([("dog.example", 30)])),
            Output(verdict: .negative, secondsLeft: 30)),
        Case(
            "neither expected nor the previous that was given", Input(says: .records(["198.51.100.7"]), evidence: was),
            Output(verdict: .wrong)),
        Case("SERVFAIL", Input(says: .rcode(.servFail)), Output(verdict: .failing)),
        Case("REFUSED", Input(says: .rcode(.refused)), Output(verdict: .failing)),
        Case("FORMERR", Input(says: .rcode(.formErr)), Output(verdict: .failing)),
        Case("NOTIMP", Input(says: .rcode(.notImp)), Output(verdict: .failing)),
        Case("a referral instead of a resolution", Input(says: .referral(to: "example")), Output(verdict: .failing)),
        Case("no answer", Input(says: .silence()), Output(verdict: .timeout)),
        Case("truncated, and TCP fails", Input(says: .silence(.truncated("refused"))), Output(verdict: .timeout)),
        Case("unreachable at once", Input(says: .silence(.unreachable("port unreachable"))), Output(verdict: .timeout)),
        Case("garbage", Input(says: .silence(.malformed("short"))), Output(verdict: .timeout)),
    ]

    static let presumptions: [Case<Input, Output>] = [
        Case(
            "with no previous known, a TTL within the authoritative one", Input(says: .old(ttl: 300)),
            Output(verdict: .stale, secondsLeft: 300, presumed: true)),
        Case("a TTL that exceeds the authoritative one", Input(says: .old(ttl: 301)), Output(verdict: .wrong)),
        Case(
            "it survives the authoritative TTL",
            Input(
                says: .old(ttl: 300),
                evidence: { evidence in
                    let key = evidence.resolvers[0].key
                    evidence.memory.presumedSince[key] = start.addingTimeInterval(-302)
                }), Output(verdict: .wrong)),
        Case(
            "it is within the authoritative TTL since it was first seen",
            Input(
                says: .old(ttl: 3),
                evidence: { evidence in
                    let key = evidence.resolvers[0].key
                    evidence.memory.presumedSince[key] = start.addingTimeInterval(-300)
                }), Output(verdict: .stale, secondsLeft: 3, presumed: true)),
        Case(
            "the record is to be gone, and its TTL is known nowhere",
            Input(
                says: .old(ttl: 300), authoritative: [.authoritative("ns1", .nxDomain())],
                evidence: { $0.expectation = .absence() }), Output(verdict: .stale, secondsLeft: 300, presumed: true)),
        Case(
            "no authoritative server answered, so there is nothing to presume from",
            Input(
                says: .old, authoritative: [.authoritative("ns1", .silence())],
                evidence: { $0.expectation = .newAddress }), Output(verdict: .wrong)),
        Case(
            "the TTL is that of the alias that differs",
            Input(says: .aliases([("old.example", 200)], ["192.0.2.1"], ttl: 9000)),
            Output(verdict: .stale, secondsLeft: 200, presumed: true)),
    ]

    static let sources: [Case<Input, Output>] = [
        Case(
            "previous is what a lagging address still serves",
            Input(
                says: .old(ttl: 30),
                authoritative: [.authoritative("ns1", .new, serial: 2), .authoritative("ns2", .old, serial: 1)],
                evidence: { $0.options.asksAnyway = true }), Output(verdict: .stale, secondsLeft: 30)),
        Case(
            "previous is what an authoritative address served earlier in this run",
            Input(says: .old(ttl: 9000), evidence: { $0.memory.replaced = [PreviousRRset(data("192.0.2.1"))] }),
            Output(verdict: .stale, secondsLeft: 9000)),
        Case(
            "any of the values that were given as previous",
            Input(
                says: .old,
                evidence: {
                    $0.previous = [
                        PreviousRRset(given: [.address(address("192.0.2.1")), .address(address("192.0.2.3"))])
                    ]
                }), Output(verdict: .stale, secondsLeft: 300)),
        Case(
            "a part of a previous RRset that was seen whole is not it",
            Input(
                says: .old,
                evidence: { $0.memory.replaced = [PreviousRRset(data("192.0.2.1", "192.0.2.3"))] }),
            Output(verdict: .wrong)),
        Case(
            "NXDOMAIN while a lagging address has no record either is previous, not negative",
            Input(
                says: .nxDomain(),
                authoritative: [.authoritative("ns1", .new, serial: 2), .authoritative("ns2", .nxDomain(), serial: 1)],
                evidence: { $0.options.asksAnyway = true }), Output(verdict: .stale, secondsLeft: 60)),
        Case(
            "NXDOMAIN that is expected",
            Input(
                says: .nxDomain(), authoritative: [.authoritative("ns1", .nxDomain())],
                evidence: { $0.expectation = .absence() }), Output(verdict: .converged)),
        Case(
            "NODATA where NXDOMAIN is at the authority: it is not there either way",
            Input(says: .noData(), authoritative: [.authoritative("ns1", .nxDomain())]), Output(verdict: .converged)),
        Case(
            "an answer when nothing is known to judge it by",
            Input(says: .old, authoritative: [.authoritative("ns1", .silence())]), Output(verdict: .unjudged)),
        Case(
            "the provider shows its own addresses",
            Input(says: .old, evidence: { $0.hiddenReason = "proxied" }), Output(verdict: .hidden)),
        Case(
            "one of the answers of servers that vary",
            Input(says: .old, authoritative: [.authoritative("ns1", .new), .authoritative("ns2", .old)]),
            Output(verdict: .converged)),
        Case(
            "part of the answers of servers that vary, and something else",
            Input(
                says: .records(["192.0.2.1", "192.0.2.77"]),
                authoritative: [.authoritative("ns1", .new), .authoritative("ns2", .old)]),
            Output(verdict: .mixed, secondsLeft: 300)),
    ]

    static let interference: [Case<Input, Output>] =
        (15...18).map { code in
            Case("EDE \(code)", Input(says: .nxDomain(), ede: [code]), Output(verdict: .blocked))
        } + [
            Case("a block with SERVFAIL", Input(says: .rcode(.servFail), ede: [15]), Output(verdict: .blocked)),
            Case(
                "other extended errors do not block", Input(says: .rcode(.servFail), ede: [22]),
                Output(verdict: .failing)),
            Case("0.0.0.0", Input(says: .records(["0.0.0.0"])), Output(verdict: .blocked)),
            Case(
                "0.0.0.0 that is published",
                Input(says: .records(["0.0.0.0"]), authoritative: [.authoritative("ns1", .records(["0.0.0.0"]))]),
                Output(verdict: .converged)),
            Case(
                "NXDOMAIN without a word, from a resolver known to block like that",
                Input(
                    says: .nxDomain(soa: nil),
                    resolver: {
                        $0 = .resolver("quad9", $0.samples, blocksWithEmptyAuthority: true)
                    }), Output(verdict: .blocked)),
            Case(
                "NXDOMAIN without a word, where the unfiltered twin has the record",
                Input(says: .nxDomain(soa: nil), resolver: { $0.twin = Sample(.new) }), Output(verdict: .blocked)),
            Case(
                "NXDOMAIN without a word, where the twin says the same",
                Input(says: .nxDomain(soa: nil), resolver: { $0.twin = Sample(.nxDomain(soa: nil)) }),
                Output(verdict: .negative)),
            Case(
                "NXDOMAIN without a word and without any hint is no block",
                Input(says: .nxDomain(soa: nil)), Output(verdict: .negative)),
            Case(
                "NXDOMAIN with a SOA is a cached denial, whatever the twin says",
                Input(says: .nxDomain(), resolver: { $0.twin = Sample(.new) }),
                Output(verdict: .negative, secondsLeft: 60)),
            Case(
                "a block page, where the twin has the record",
                Input(says: .records(["203.0.113.80"]), resolver: { $0.twin = Sample(.new) }),
                Output(verdict: .blocked)),
            Case(
                "an old value is stale, whatever the twin says",
                Input(says: .old, resolver: { $0.twin = Sample(.new) }, evidence: was),
                Output(verdict: .stale, secondsLeft: 300)),
            Case(
                "REFUSED, where the twin has the record",
                Input(says: .rcode(.refused), resolver: { $0.twin = Sample(.new) }), Output(verdict: .blocked)),
            Case(
                "SERVFAIL, but an answer with checking disabled",
                Input(says: .rcode(.servFail), resolver: { $0.checkingDisabled = Sample(.new) }),
                Output(verdict: .bogus)),
            Case(
                "SERVFAIL, and NXDOMAIN with checking disabled",
                Input(says: .rcode(.servFail), resolver: { $0.checkingDisabled = Sample(.nxDomain()) }),
                Output(verdict: .bogus)),
            Case(
                "SERVFAIL either way",
                Input(says: .rcode(.servFail), resolver: { $0.checkingDisabled = Sample(.rcode(.servFail)) }),
                Output(verdict: .failing)),
            Case(
                "SERVFAIL, then silence with checking disabled",
                Input(says: .rcode(.servFail), resolver: { $0.checkingDisabled = Sample(.silence()) }),
                Output(verdict: .failing)),
            Case(
                "SERVFAIL either way, the second of which blames the signatures",
                Input(
                    says: .rcode(.servFail), resolver: { $0.checkingDisabled = Sample(.rcode(.servFail), ede: [10]) }),
                Output(verdict: .bogus)),
            Case(
                "REFUSED that blames the signatures is a refusal", Input(says: .rcode(.refused), ede: [7]),
                Output(verdict: .failing)),
            Case(
                "NXDOMAIN that blames the signatures is an answer", Input(says: .nxDomain(), ede: [7]),
                Output(verdict: .negative, secondsLeft: 60)),
        ]

    /// SERVFAIL with and without checking, and an extended error in the first.
    static let blame: [Case<Input, Output>] = (0...30 as ClosedRange<UInt16>).map { code in
        let isBogus = (6...12).contains(code) || code == 25
        let isBlock = (15...18).contains(code)
        return Case(
            "SERVFAIL either way with EDE \(code)",
            Input(
                says: .rcode(.servFail), ede: [code],
                resolver: { $0.checkingDisabled = Sample(.rcode(.servFail)) }),
            Output(verdict: isBogus ? .bogus : isBlock ? .blocked : .failing))
    }

    @Test("what two operators say is no filter's doing, though an unfiltered twin is right already")
    func staleBesideFreshTwin() {
        var quad9 = Observation.resolver("quad9", .old(ttl: 30))
        quad9.twin = Sample(.new)
        func verdicts(beside other: Say) -> [Verdict] {
            let evidence = GatheredEvidence.of(resolvers: [quad9, .resolver("google", other)])
            return PropagationReport(of: evidence).operators.map(\.verdict)
        }
        #expect(verdicts(beside: .old(ttl: 20)) == [.stale, .stale])
        #expect(verdicts(beside: .new) == [.blocked, .converged])
    }

    @Test("each by its rule", arguments: basics + presumptions + sources + interference + blame)
    func verdicts(row: Case<Input, Output>) {
        var resolver = Observation.resolver("quad9", [Sample(row.input.says, ede: row.input.ede)])
        row.input.resolver(&resolver)
        let evidence = GatheredEvidence.of(
            row.input.authoritative, resolvers: [resolver], after: row.input.after, with: row.input.evidence)
        let report = PropagationReport(of: evidence)
        let seen = report.observations.first { $0.side == .resolver }
        #expect(
            seen.map { Output(verdict: $0.verdict, secondsLeft: $0.secondsLeft, presumed: $0.presumed) } == row.output)
    }
}
