import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@Suite("The status follows the table")
struct StatusTests {
    struct Input: Sendable {
        var authoritative: [Observation] = [.authoritative("ns1", .new), .authoritative("ns2", .new)]
        var resolvers: [Observation] = operators(6, .new)
        var evidence: @Sendable (inout GatheredEvidence) -> Void = { _ in }
    }

    struct Output: Sendable, Equatable {
        var status: Status
        var reasons: [String]

        init(_ status: Status, _ reasons: String...) {
            self.status = status
            self.reasons = reasons
        }
    }

    static let lag: [Observation] = [
        .authoritative("ns1", .new, serial: 2), .authoritative("ns2", .old, serial: 1),
    ]
    static let wrong = Say.records(["203.0.113.66"], ttl: 9000)

    static func bogus(_ id: String) -> Observation {
        var observation = Observation.resolver(id, .rcode(.servFail))
        observation.checkingDisabled = Sample(.new)
        return observation
    }

    static let healthy: [Case<Input, Output>] = [
        Case("all operators and all authoritative addresses converged", Input(), Output(.ok)),
        Case(
            "silent operators are no fault, as long as enough others count",
            Input(resolvers: operators(5, .new) + operators(3, from: 6, .silence())), Output(.ok)),
        Case("only the authoritative side was asked", Input(resolvers: []), Output(.ok)),
        Case(
            "the resolvers alone were asked",
            Input(authoritative: []) {
                $0.options.asksAuthoritative = false
                $0.expectation = .newAddress
            }, Output(.ok)),
        Case("fewer than five were asked, and all of them count", Input(resolvers: operators(2, .new)), Output(.ok)),
        Case(
            "the name must not exist and does not",
            Input(authoritative: [.authoritative("ns1", .nxDomain())], resolvers: operators(6, .nxDomain())) {
                $0.expectation = .absence()
            }, Output(.ok)),
    ]

    static let critical: [Case<Input, Output>] = [
        Case(
            "an authoritative address is wrong",
            Input(authoritative: [.authoritative("ns1", .new), .authoritative("ns2", wrong)]) {
                $0.expectation = .newAddress
            },
            Output(
                .critical, "ns2 differs from what is expected",
                "cat.example A: authoritative servers disagree, and no serial tells which is newer: "
                    + "ns1.example has 192.0.2.2, ns2.example has 203.0.113.66")),
        Case(
            "no authoritative address is usable, while resolvers answer",
            Input(authoritative: [.authoritative("ns1", .silence()), .authoritative("ns2", .rcode(.refused))]) {
                $0.expectation = .newAddress
                $0.walkAnswered = false
            },
            Output(
                .critical, "no authoritative server gives a usable answer")),
        Case(
            "no authoritative address is usable, while the root or the parent answered",
            Input(authoritative: [.authoritative("ns1", .rcode(.servFail))], resolvers: operators(6, .silence())),
            Output(
                .critical, "no authoritative server gives a usable answer",
                "no authoritative server said what to expect, and nothing else does",
                "only 0 of 6 operators count; 5 are needed")),
        Case(
            "no authoritative server has an address at all", Input(authoritative: [], resolvers: []),
            Output(
                .critical, "no authoritative server gives a usable answer",
                "no authoritative server said what to expect, and nothing else does")),
        Case(
            "a resolver is wrong", Input(resolvers: operators(6, .new) + [.resolver("quad9", wrong)]),
            Output(.critical, "Quad9 is wrong")),
        Case(
            "one cache of a resolver is wrong",
            Input(resolvers: operators(6, .new) + [.resolver("quad9", [Sample(.new), Sample(wrong)])]),
            Output(.critical, "Quad9 is wrong", "1 mixed")),
        Case(
            "a resolver is bogus", Input(resolvers: operators(6, .new) + [bogus("quad9")]),
            Output(.critical, "Quad9 cannot validate the answer (bogus)")),
        Case(
            "more than half of the counted operators fail",
            Input(resolvers: operators(3, .new) + operators(4, from: 4, .rcode(.servFail))),
            Output(.critical, "4 of 7 operators fail to answer")),
        Case(
            "more than half of those that count, not of those that were asked",
            Input(
                resolvers: operators(2, .new) + operators(3, from: 3, .rcode(.servFail))
                    + operators(9, from: 6, .silence())),
            Output(.critical, "3 of 5 operators fail to answer")),
        Case(
            "past the ETA",
            Input(resolvers: operators(6, .new) + [.resolver("quad9", .old)]) { evidence in
                evidence.memory.promises[evidence.resolvers[6].key] = start.addingTimeInterval(-10)
            }, Output(.critical, "past the ETA: Quad9", "1 stale")),
        Case(
            "past the deadline",
            Input(resolvers: operators(6, .new) + [.resolver("quad9", .old)]) { $0.memory.isDeadlineOver = true },
            Output(.critical, "the deadline is over", "1 stale")),
        Case(
            "at the deadline even what is not confirmed is not OK", Input { $0.memory.isDeadlineOver = true },
            Output(.critical, "the deadline is over")),
        Case(
            "an address lags for longer than the limit",
            Input(authoritative: lag) { evidence in
                evidence.memory.laggingSince[evidence.authoritative[1].key] = start.addingTimeInterval(-121)
            }, Output(.critical, "ns2 has lagged for over 2m00s")),
        Case(
            "a finding is critical",
            Input { $0.findings = [Finding(code: "x", severity: .critical, subject: "cat", detail: "is upside down")] },
            Output(.critical, "cat: is upside down")),
    ]

    static let unknown: [Case<Input, Output>] = [
        Case(
            "nothing answered at all",
            Input(authoritative: [.authoritative("ns1", .silence())], resolvers: operators(6, .silence())) {
                $0.walkAnswered = false
            }, Output(.unknown, "nothing answered")),
        Case(
            "nothing was there to be asked", Input(authoritative: [], resolvers: []) { $0.walkAnswered = false },
            Output(.unknown, "nothing answered")),
        Case(
            "fewer than five operators count", Input(resolvers: operators(4, .new) + operators(4, from: 5, .silence())),
            Output(.unknown, "only 4 of 8 operators count; 5 are needed")),
        Case(
            "fewer than all, when fewer than five are asked",
            Input(resolvers: operators(2, .new) + operators(1, from: 3, .silence())),
            Output(.unknown, "only 2 of 3 operators count; 3 are needed")),
        Case(
            "fewer than are demanded", Input { $0.options.minOperators = 7 },
            Output(.unknown, "only 6 of 6 operators count; 7 are needed")),
        Case(
            "as many as are demanded",
            Input(resolvers: operators(2, .new) + operators(4, from: 3, .silence())) { $0.options.minOperators = 2 },
            Output(.ok)),
        Case(
            "all resolvers are dead", Input(resolvers: operators(14, .silence())),
            Output(.unknown, "only 0 of 14 operators count; 5 are needed")),
        Case(
            "everything is hidden", Input { $0.hiddenReason = "proxied by the provider" },
            Output(
                .unknown, "content is hidden: proxied by the provider", "only 0 of 6 operators count; 5 are needed")),
        Case(
            "servers in a family that cannot be asked are out of sight, not broken",
            Input(authoritative: [], resolvers: operators(6, .new)) {
                $0.skippedFamilies = [.ipv6]
            },
            Output(
                .unknown, "no authoritative server said what to expect, and nothing else does",
                "only 0 of 6 operators count; 5 are needed")),
        Case(
            "nor do operators fail whose answers nobody can judge",
            Input(authoritative: [], resolvers: operators(6, .new) + operators(1, from: 7, .rcode(.servFail))) {
                $0.skippedFamilies = [.ipv6]
            },
            Output(
                .unknown, "no authoritative server said what to expect, and nothing else does",
                "only 1 of 7 operators count; 5 are needed", "1 of 7 operators fail to answer")),
        Case(
            "no resolver could be asked, all for one reason",
            Input(
                resolvers: operators(6, .new).map { observation in
                    var observation = observation
                    observation.samples = []
                    observation.notAsked = "no IPv6 route"
                    return observation
                }), Output(.unknown, "no resolver could be asked: no IPv6 route")),
        Case(
            "what could not be measured stays so at the deadline",
            Input(resolvers: operators(14, .silence())) { $0.memory.isDeadlineOver = true },
            Output(.unknown, "only 0 of 14 operators count; 5 are needed")),
    ]

    static let warning: [Case<Input, Output>] = [
        Case("an authoritative address lags", Input(authoritative: lag), Output(.warning, "ns2 lags")),
        Case(
            "it lags within the limit",
            Input(authoritative: lag) { evidence in
                evidence.memory.laggingSince[evidence.authoritative[1].key] = start.addingTimeInterval(-119)
            }, Output(.warning, "ns2 lags")),
        Case("stale", Input(resolvers: operators(6, .new) + [.resolver("quad9", .old)]), Output(.warning, "1 stale")),
        Case(
            "negative", Input(resolvers: operators(6, .new) + [.resolver("quad9", .nxDomain())]),
            Output(.warning, "1 negative")),
        Case(
            "mixed", Input(resolvers: operators(6, .new) + [.resolver("quad9", [Sample(.new), Sample(.old)])]),
            Output(.warning, "1 mixed")),
        Case(
            "still inside the ETA",
            Input(resolvers: operators(6, .new) + [.resolver("quad9", .old)]) { evidence in
                evidence.memory.promises[evidence.resolvers[6].key] = start.addingTimeInterval(10)
            }, Output(.warning, "1 stale")),
        Case(
            "a cache not met before, which fetched the old answer in time, is outside the promise",
            Input(resolvers: operators(6, .new) + [.resolver("quad9", .old(ttl: 100))]) { evidence in
                evidence.memory.promises[evidence.resolvers[6].key] = start.addingTimeInterval(-10)
                evidence.memory.gateOpenedAt = start.addingTimeInterval(-150)
            }, Output(.warning, "1 stale")),
        Case(
            "a lame address, with others fine",
            Input(authoritative: [.authoritative("ns1", .new), .authoritative("ns2", .rcode(.refused))]),
            Output(.warning, "ns2 is lame")),
        Case(
            "a silent address, with others fine",
            Input(authoritative: [.authoritative("ns1", .new), .authoritative("ns2", .silence())]),
            Output(.warning, "ns2 does not answer")),
        Case(
            "a failing address, with others fine",
            Input(authoritative: [.authoritative("ns1", .new), .authoritative("ns2", .rcode(.servFail))]),
            Output(.warning, "ns2 fails")),
        Case(
            "up to half of the counted operators fail",
            Input(resolvers: operators(3, .new) + operators(3, from: 4, .rcode(.servFail))),
            Output(.warning, "3 of 6 operators fail to answer")),
        Case(
            "blocked", Input(resolvers: operators(6, .new) + [.resolver("quad9", .records(["0.0.0.0"]))]),
            Output(.warning, "Quad9 blocks the name")),
        Case(
            "a finding is a warning",
            Input { $0.findings = [Finding(code: "x", severity: .warning, subject: "cat", detail: "is asleep")] },
            Output(.warning, "cat: is asleep")),
        Case(
            "a finding that is a note is none",
            Input { $0.findings = [Finding(code: "x", severity: .note, subject: "cat", detail: "purrs")] }, Output(.ok)),
        Case(
            "servers vary", Input(authoritative: [.authoritative("ns1", .new), .authoritative("ns2", .old)]),
            Output(
                .warning,
                "cat.example A: authoritative servers disagree, and no serial tells which is newer: "
                    + "ns1.example has 192.0.2.2, ns2.example has 192.0.2.1")),
        Case(
            "nobody has the record, and nobody said that it must not exist",
            Input(authoritative: [.authoritative("ns1", .nxDomain())], resolvers: operators(6, .nxDomain())),
            Output(.warning, "cat.example: the authoritative servers say that the name does not exist")),
    ]

    static func ranges(_ warning: String?, _ critical: String?) -> @Sendable (inout GatheredEvidence) -> Void {
        {
            $0.options.warning = warning.flatMap(NagiosRange.init)
            $0.options.critical = critical.flatMap(NagiosRange.init)
        }
    }

    static let tenOf12 = operators(10, .new) + operators(2, from: 11, .old)

    static let ranged: [Case<Input, Output>] = [
        Case(
            "above both ranges", Input(resolvers: tenOf12, evidence: ranges("80:", "50:")), Output(.ok)),
        Case(
            "below the warning range", Input(resolvers: tenOf12, evidence: ranges("95:", "80:")),
            Output(.warning, "10 of 12 operators converged")),
        Case(
            "below the critical range", Input(resolvers: tenOf12, evidence: ranges("95:", "90:")),
            Output(.critical, "10 of 12 operators converged")),
        Case(
            "with only one range the other never alerts", Input(resolvers: tenOf12, evidence: ranges(nil, "80:")),
            Output(.ok)),
        Case(
            "ranges do not excuse what is wrong",
            Input(resolvers: operators(10, .new) + [.resolver("quad9", wrong)], evidence: ranges("50:", "20:")),
            Output(.critical, "Quad9 is wrong")),
        Case(
            "ranges do not excuse an address that lags", Input(authoritative: lag, evidence: ranges("50:", "20:")),
            Output(.warning, "ns2 lags")),
        Case(
            "ranges say nothing when nobody counts",
            Input(resolvers: operators(6, .silence()), evidence: ranges("50:", "20:")),
            Output(.unknown, "only 0 of 6 operators count; 5 are needed")),
        Case(
            "silent operators are outside the percentage",
            Input(resolvers: operators(9, .new) + operators(3, from: 10, .silence()), evidence: ranges("100:", "90:")),
            Output(.ok)),
    ]

    @Test("each rule with its reason", arguments: healthy + critical + unknown + warning + ranged)
    func status(row: Case<Input, Output>) {
        let evidence = GatheredEvidence.of(
            row.input.authoritative, resolvers: row.input.resolvers, with: row.input.evidence)
        let report = PropagationReport(of: evidence)
        #expect(report.status == row.output.status)
        #expect(report.reasons.map(\.text) == row.output.reasons)
        #expect(report.exitCode == report.status.exitCode)
    }

    @Test("CRITICAL before UNKNOWN before WARNING before OK, with the codes of a plugin")
    func order() {
        #expect(Status.allCases.shuffled().sorted() == [.ok, .warning, .unknown, .critical])
        #expect(Status.allCases.map(\.exitCode).sorted() == [0, 1, 2, 3])
        #expect([Status.ok, .warning, .critical, .unknown].map(\.exitCode) == [0, 1, 2, 3])
    }

    static let summaries: [Case<Input, String>] = [
        Case("all is well", Input(), "6/6 operators"),
        Case("authoritative only", Input(resolvers: []), "2/2 authoritative addresses"),
        Case(
            "some are stale", Input(resolvers: operators(12, .new) + operators(2, from: 13, .old(ttl: 251))),
            "12/14 operators, 2 stale (4m12s)"),
        Case(
            "a resolver is wrong", Input(resolvers: operators(12, .new) + [.resolver("quad9", wrong)]),
            "Quad9 is wrong; 12/13 operators, 1 wrong"),
        Case(
            "a server is silent",
            Input(authoritative: [.authoritative("ns1", .new), .authoritative("ns2", .silence())]),
            "6/6 operators, 1/2 authoritative addresses; ns2 does not answer"),
        Case(
            "what holds resolvers back is said once",
            Input(authoritative: [.authoritative("ns1", wrong)]) { $0.expectation = .newAddress },
            "ns1 differs from what is expected; held, 0/1 authoritative addresses"),
        Case(
            "a server lags", Input(authoritative: lag), "held: ns2 lags, 1/2 authoritative addresses"),
        Case(
            "a server lags, and there are no resolvers to hold back", Input(authoritative: lag, resolvers: []),
            "1/2 authoritative addresses; ns2 lags"),
        Case(
            "nothing answered",
            Input(authoritative: [.authoritative("ns1", .silence())], resolvers: []) { $0.walkAnswered = false },
            "nothing answered; 0/1 authoritative addresses"),
        Case(
            "until when is unknown", Input(resolvers: operators(5, .new) + [.resolver("quad9", .noData(soa: nil))]),
            "5/6 operators, 1 negative (until when is unknown)"),
        Case(
            "a lower bound",
            Input(resolvers: operators(5, .new) + [.resolver("quad9", [Sample(.old(ttl: 60), ede: [3])])]),
            "5/6 operators, 1 stale (at least 1m01s)"),
    ]

    @Test("the headline says how far it is and what stands in the way", arguments: summaries)
    func summary(row: Case<Input, String>) {
        let evidence = GatheredEvidence.of(
            row.input.authoritative, resolvers: row.input.resolvers, with: row.input.evidence)
        #expect(PropagationReport(of: evidence).summary == row.output)
    }
}
