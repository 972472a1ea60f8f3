import DNSModel
import TestSupport
import Testing

@Suite("The gate")
struct GateTests {
    struct Input: Sendable {
        var addresses: [Observation]
        var evidence: @Sendable (inout GatheredEvidence) -> Void = { _ in }
    }

    static let lag: [Observation] = [
        .authoritative("ns1", .new, serial: 2), .authoritative("ns2", .old, serial: 1),
    ]

    static let rows: [Case<Input, Gate>] = [
        Case("every address has the expected RRset", Input(addresses: GatheredEvidence.of().authoritative), .open),
        Case("one lags", Input(addresses: lag), .held("ns2 lags")),
        Case(
            "two lag",
            Input(addresses: lag + [.authoritative("ns3", .old, serial: 1)]), .held("ns2 and ns3 lag")),
        Case(
            "many lag",
            Input(addresses: lag + (3...5).map { .authoritative("ns\($0)", .old, serial: 1) }),
            .held("4 authoritative addresses lag")),
        Case(
            "one address of a server lags",
            Input(addresses: lag + [.authoritative("ns2", .new, serial: 2, address: "192.0.2.99")]),
            .held("ns2 (192.0.2.52) lags")),
        Case(
            "a server that the user named differs",
            Input(addresses: lag.prefix(1) + [.given("192.0.2.99", port: 5300, .old)]) { $0.expectation = .newAddress },
            .held("192.0.2.99:5300 differs")),
        Case(
            "one has something else",
            Input(addresses: [.authoritative("ns1", .new), .authoritative("ns2", .old)]) {
                $0.expectation = .newAddress
            },
            .held("ns2 differs")),
        Case(
            "one lags and one has something else",
            Input(addresses: lag + [.authoritative("ns3", .records(["192.0.2.9"]), serial: 2)]) {
                $0.expectation = .newAddress
            }, .held("ns2 lags, ns3 differs")),
        Case(
            "the first round is not over",
            Input(addresses: [.authoritative("ns1", .new), .authoritative("ns2", nil)]), .held("ns2 has not answered")),
        Case(
            "silence is not disagreement",
            Input(addresses: [.authoritative("ns1", .new), .authoritative("ns2", .silence())]),
            .open),
        Case(
            "nor is lameness",
            Input(addresses: [.authoritative("ns1", .new), .authoritative("ns2", .rcode(.refused))]), .open),
        Case(
            "nor is failure",
            Input(addresses: [.authoritative("ns1", .new), .authoritative("ns2", .rcode(.servFail))]), .open),
        Case("nobody answers", Input(addresses: [.authoritative("ns1", .silence())]), .open),
        Case(
            "serial skew alone does not hold it",
            Input(addresses: [.authoritative("ns1", .new, serial: 2), .authoritative("ns2", .new, serial: 1)]), .open),
        Case(
            "servers that vary do not hold it",
            Input(addresses: [.authoritative("ns1", .new), .authoritative("ns2", .old)]), .open),
        Case("asking anyway lifts it", Input(addresses: lag) { $0.options.asksAnyway = true }, .lifted("ns2 lags")),
        Case(
            "authoritative servers are not asked at all", Input(addresses: []) { $0.options.asksAuthoritative = false },
            .open),
    ]

    @Test("opens when the authoritative side is done", arguments: rows)
    func gate(row: Case<Input, Gate>) {
        #expect(Judgement(of: .of(row.input.addresses, with: row.input.evidence)).gate == row.output)
    }

    @Test("while held, resolvers count as not asked, and the status comes from the authoritative side")
    func held() {
        let report = PropagationReport(of: .of(Self.lag, resolvers: operators(6, .records(["203.0.113.5"]))))
        #expect(report.operators.allSatisfy { $0.verdict == .notAsked && $0.notAsked == "ns2 lags" })
        #expect(report.status == .warning)
        #expect(report.summary == "held: ns2 lags, 1/2 authoritative addresses")
        #expect(report.convergence.etaBound == nil)
        #expect(report.gate.state == .held && report.gate.reason == "ns2 lags")
    }
}
