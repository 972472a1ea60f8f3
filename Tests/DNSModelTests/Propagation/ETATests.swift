import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@Suite("The ETA is when the last cache that was seen lets go")
struct ETATests {
    struct Input: Sendable {
        var resolvers: [Observation]
        var authoritative: [Observation] = [.authoritative("ns1", .new), .authoritative("ns2", .new)]
        var after = 0.0
        var evidence: @Sendable (inout GatheredEvidence) -> Void = { _ in }
    }

    struct Output: Sendable, Equatable {
        var seconds: Int?
        var bound: PropagationReport.Bound?
        var reason: String?

        static let none = Output()
    }

    static let rows: [Case<Input, Output>] = [
        Case("nothing to wait for", Input(resolvers: [.resolver("quad9", .new)]), .none),
        Case(
            "a second after the TTL of a stale answer", Input(resolvers: [.resolver("quad9", .old(ttl: 252))]),
            Output(seconds: 253, bound: .by, reason: "Quad9 still has 192.0.2.1 for 252 s")),
        Case(
            "it counts from when the answer arrived",
            Input(resolvers: [.resolver("quad9", .old(ttl: 252))], after: 52),
            Output(seconds: 201, bound: .by, reason: "Quad9 still has 192.0.2.1 for 200 s")),
        Case(
            "the largest one is named",
            Input(resolvers: [.resolver("quad9", .old(ttl: 20)), .resolver("opendns", .old(ttl: 200))]),
            Output(seconds: 201, bound: .by, reason: "Opendns still has 192.0.2.1 for 200 s")),
        Case(
            "every sample counts",
            Input(resolvers: [.resolver("quad9", [Sample(.old(ttl: 20)), Sample(.old(ttl: 99)), Sample(.new)])]),
            Output(seconds: 100, bound: .by, reason: "Quad9 still has 192.0.2.1 for 99 s")),
        Case(
            "a negative answer lives as long as its SOA says",
            Input(resolvers: [.resolver("quad9", .nxDomain(soa: 45))]),
            Output(seconds: 46, bound: .by, reason: "Quad9 still says NXDOMAIN for 45 s")),
        Case(
            "a negative answer without SOA is unknown", Input(resolvers: [.resolver("quad9", .noData(soa: nil))]),
            Output(
                bound: .unknown, reason: "Quad9 still says NODATA, without saying for how long (no SOA)")),
        Case(
            "what is known is the least when something is unknown",
            Input(resolvers: [.resolver("quad9", .noData(soa: nil)), .resolver("opendns", .old(ttl: 60))]),
            Output(
                seconds: 61, bound: .atLeast,
                reason: "Opendns still has 192.0.2.1 for 60 s; "
                    + "Quad9 still says NODATA, without saying for how long (no SOA)")),
        Case(
            "a resolver's cap stands in where no TTL was seen",
            Input(resolvers: [.resolver("quad9", [Sample(.noData(soa: nil))], ttlCap: 3600)]),
            Output(seconds: 3601, bound: .by, reason: "Quad9 still says NODATA for 3600 s at most (its cap)")),
        Case(
            "a cap does not shorten a TTL that was seen",
            Input(resolvers: [.resolver("quad9", [Sample(.old(ttl: 250))], ttlCap: 60)]),
            Output(seconds: 251, bound: .by, reason: "Quad9 still has 192.0.2.1 for 250 s")),
        Case(
            "what time does not change has no ETA",
            Input(resolvers: [.resolver("quad9", .rcode(.servFail)), .resolver("opendns", .records(["0.0.0.0"]))]),
            .none),
        Case(
            "none while the gate is held",
            Input(
                resolvers: [.resolver("quad9", .old)],
                authoritative: [.authoritative("ns1", .new, serial: 2), .authoritative("ns2", .old, serial: 1)]), .none),
        Case(
            "none when the gate was lifted, for any cache may fetch the old answer again",
            Input(
                resolvers: [.resolver("quad9", .old)],
                authoritative: [.authoritative("ns1", .new, serial: 2), .authoritative("ns2", .old, serial: 1)],
                evidence: { $0.options.asksAnyway = true }), .none),
        Case(
            "it says what it assumes of a silent server",
            Input(
                resolvers: [.resolver("quad9", .old(ttl: 9))],
                authoritative: [.authoritative("ns1", .new), .authoritative("ns3", .silence())]),
            Output(seconds: 10, bound: .by, reason: "Quad9 still has 192.0.2.1 for 9 s; assuming ns3 (silent) agrees")),
        Case(
            "and of servers silent and lame",
            Input(
                resolvers: [.resolver("quad9", .old(ttl: 9))],
                authoritative: [
                    .authoritative("ns1", .new), .authoritative("ns2", .rcode(.refused)),
                    .authoritative("ns3", .silence()),
                ]),
            Output(
                seconds: 10, bound: .by,
                reason: "Quad9 still has 192.0.2.1 for 9 s; assuming ns2 and ns3 (lame, silent) agree")),
    ]

    static let chain = CNAMEChain(
        links: [
            .init(owner: cat.name, type: .cname, target: name("a.example"), ttl: TTL(300)),
            .init(owner: name("a.example"), type: .cname, target: name("b.example"), ttl: TTL(200)),
        ], end: name("b.example"))

    static func aliased(_ says: Say) -> Input {
        Input(
            resolvers: [.resolver("quad9", says)],
            authoritative: [
                .authoritative("ns1", .aliases([("a.example", 300), ("b.example", 200)], ["192.0.2.2"], ttl: 400))
            ], evidence: { $0.chain = chain })
    }

    static let chains: [Case<Input, Output>] = [
        Case(
            "links that are right do not count",
            aliased(.aliases([("a.example", 5), ("b.example", 7)], ["192.0.2.1"], ttl: 90)),
            Output(seconds: 91, bound: .by, reason: "Quad9 still has 192.0.2.1 for 90 s")),
        Case(
            "the first link that differs does",
            aliased(.aliases([("a.example", 5), ("old.example", 70)], ["192.0.2.1"], ttl: 290)),
            Output(seconds: 71, bound: .by, reason: "Quad9 still has a.example CNAME old.example for 70 s")),
        Case(
            "and not one after it",
            aliased(.aliases([("old.example", 33), ("b.example", 7)], ["192.0.2.1"], ttl: 90)),
            Output(seconds: 34, bound: .by, reason: "Quad9 still has cat.example CNAME old.example for 33 s")),
        Case(
            "records where there is an alias by now", aliased(.old(ttl: 44)),
            Output(seconds: 45, bound: .by, reason: "Quad9 still has 192.0.2.1 for 44 s")),
    ]

    static let loose: [Case<Input, Output>] = [
        Case(
            "served stale, as the server says",
            Input(resolvers: [.resolver("quad9", [Sample(.old(ttl: 20), ede: [3])])]),
            Output(seconds: 21, bound: .atLeast, reason: "Quad9 still has 192.0.2.1 for 20 s")),
        Case(
            "a denial served stale",
            Input(resolvers: [.resolver("quad9", [Sample(.nxDomain(soa: 20), ede: [19])])]),
            Output(seconds: 21, bound: .atLeast, reason: "Quad9 still says NXDOMAIN for 20 s")),
        Case(
            "the TTL of stale answers, where nobody published it",
            Input(resolvers: [.resolver("quad9", .old(ttl: 30))]),
            Output(seconds: 31, bound: .atLeast, reason: "Quad9 still has 192.0.2.1 for 30 s")),
        Case(
            "the same TTL, where it is published",
            Input(
                resolvers: [.resolver("quad9", .old(ttl: 30))], authoritative: [.authoritative("ns1", .new(ttl: 30))]),
            Output(seconds: 31, bound: .by, reason: "Quad9 still has 192.0.2.1 for 30 s")),
        Case(
            "a TTL larger than the authoritative one",
            Input(
                resolvers: [.resolver("quad9", .old(ttl: 600))],
                evidence: { $0.previous = [PreviousRRset(given: [.address(address("192.0.2.1"))])] }),
            Output(seconds: 601, bound: .atLeast, reason: "Quad9 still has 192.0.2.1 for 600 s")),
        Case(
            "a TTL as large as the old RRset had",
            Input(
                resolvers: [.resolver("quad9", .old(ttl: 600))],
                evidence: { $0.memory.replaced = [PreviousRRset(data("192.0.2.1"), ttl: TTL(600))] }),
            Output(seconds: 601, bound: .by, reason: "Quad9 still has 192.0.2.1 for 600 s")),
        Case(
            "a TTL clamped to the cap",
            Input(resolvers: [.resolver("quad9", [Sample(.old(ttl: 120))], ttlCap: 120)]),
            Output(seconds: 121, bound: .atLeast, reason: "Quad9 still has 192.0.2.1 for 120 s")),
        Case(
            "a TTL that does not count down", Input(resolvers: [again(.old(ttl: 77), before: .old(ttl: 77), by: 10)]),
            Output(seconds: 78, bound: .atLeast, reason: "Quad9 still has 192.0.2.1 for 77 s")),
        Case(
            "a TTL that does", Input(resolvers: [again(.old(ttl: 67), before: .old(ttl: 77), by: 10)]),
            Output(seconds: 68, bound: .by, reason: "Quad9 still has 192.0.2.1 for 67 s")),
        Case(
            "an answer that outlived its TTL", Input(resolvers: [again(.old(ttl: 60), before: .old(ttl: 5), by: 10)]),
            Output(seconds: 61, bound: .atLeast, reason: "Quad9 still has 192.0.2.1 for 60 s")),
        Case(
            "one that does not keep to TTLs makes all of it a lower bound",
            Input(resolvers: [
                .resolver("opendns", [Sample(.old(ttl: 10), ede: [3])]), .resolver("quad9", .old(ttl: 200)),
            ]),
            Output(
                seconds: 201, bound: .atLeast,
                reason: "Quad9 still has 192.0.2.1 for 200 s; Opendns may keep it for longer")),
    ]

    static func again(_ says: Say, before: Say, by seconds: Double) -> Observation {
        var observation = Observation.resolver("quad9", says)
        observation.earlier = Sample(before, after: -seconds)
        return observation
    }

    @Test("with its bound and its reason", arguments: rows + chains + loose)
    func eta(row: Case<Input, Output>) {
        let report = PropagationReport(
            of: .of(
                row.input.authoritative, resolvers: row.input.resolvers, after: row.input.after,
                with: row.input.evidence))
        let seen = Output(
            seconds: report.convergence.etaSeconds, bound: report.convergence.etaBound,
            reason: report.convergence.etaReason)
        #expect(seen == row.output)
        let by = row.output.seconds.map { start.addingTimeInterval(row.input.after + Double($0)) }
        #expect(report.convergence.etaBy == by)
    }
}
