import DNSModel
import TestSupport
import Testing

@Suite("What an authoritative address says")
struct AuthoritativeVerdictTests {
    struct Input: Sendable {
        var addresses: [Observation]
        var evidence: @Sendable (inout GatheredEvidence) -> Void = { _ in }
    }

    static let expectsNew: @Sendable (inout GatheredEvidence) -> Void = { $0.expectation = .newAddress }
    static let expectsNewAfterOld: @Sendable (inout GatheredEvidence) -> Void = {
        $0.expectation = .newAddress
        $0.previous = [PreviousRRset(given: [.address(address("192.0.2.1"))])]
    }

    static let content: [Case<Input, [Verdict]>] = [
        Case(
            "servers that agree are right",
            Input(addresses: [.authoritative("ns1", .old), .authoritative("ns2", .old)]),
            [.converged, .converged]),
        Case(
            "an unexpected RRset at an older serial",
            Input(addresses: [.authoritative("ns1", .new, serial: 2), .authoritative("ns2", .old, serial: 1)]),
            [.converged, .lagging]),
        Case(
            "serials are compared in sequence space",
            Input(addresses: [
                .authoritative("ns1", .new, serial: 3), .authoritative("ns2", .old, serial: 4_294_967_295),
            ]),
            [.converged, .lagging]),
        Case(
            "the serial that came with the answer counts for more than the one asked apart",
            Input(addresses: [
                .authoritative("ns1", .new, serial: 1, version: 7), .authoritative("ns2", .old, serial: 9, version: 6),
            ]), [.converged, .lagging]),
        Case(
            "an older serial with the expected RRset is no lag",
            Input(addresses: [.authoritative("ns1", .new, serial: 2), .authoritative("ns2", .new, serial: 1)]),
            [.converged, .converged]),
        Case(
            "a previous RRset, whatever the serial",
            Input(
                addresses: [.authoritative("ns1", .new, serial: 5), .authoritative("ns2", .old, serial: 5)],
                evidence: expectsNewAfterOld), [.converged, .lagging]),
        Case(
            "an RRset that another address has replaced in this run",
            Input(
                addresses: [.authoritative("ns1", .new, serial: nil), .authoritative("ns2", .old, serial: nil)],
                evidence: {
                    $0.expectation = .newAddress
                    $0.memory.replaced = [PreviousRRset(data("192.0.2.1"))]
                }), [.converged, .lagging]),
        Case(
            "the same, when nothing was said about what is expected",
            Input(
                addresses: [.authoritative("ns1", .new), .authoritative("ns2", .old)],
                evidence: { $0.memory.replaced = [PreviousRRset(data("192.0.2.1"))] }), [.converged, .lagging]),
        Case(
            "all have gone back to what was before",
            Input(
                addresses: [.authoritative("ns1", .old), .authoritative("ns2", .old)],
                evidence: { $0.memory.replaced = [PreviousRRset(data("192.0.2.1"))] }), [.converged, .converged]),
        Case(
            "neither expected nor previous, at the same serial",
            Input(
                addresses: [.authoritative("ns1", .new), .authoritative("ns2", .records(["192.0.2.9"]))],
                evidence: expectsNewAfterOld), [.converged, .wrong]),
        Case(
            "nobody has what is expected",
            Input(addresses: [.authoritative("ns1", .old), .authoritative("ns2", .old)], evidence: expectsNew),
            [.wrong, .wrong]),
        Case(
            "part of what is expected is not it",
            Input(addresses: [.authoritative("ns1", .records(["192.0.2.2", "192.0.2.3"]))], evidence: expectsNew),
            [.wrong]),
        Case(
            "a record that is not there yet, at an older serial",
            Input(addresses: [.authoritative("ns1", .new, serial: 2), .authoritative("ns2", .nxDomain(), serial: 1)]),
            [.converged, .lagging]),
        Case(
            "a record that must not exist, and does",
            Input(
                addresses: [.authoritative("ns1", .noData()), .authoritative("ns2", .old)],
                evidence: { $0.expectation = .absence() }), [.converged, .wrong]),
        Case(
            "different answers at one serial are all right",
            Input(addresses: [.authoritative("ns1", .new), .authoritative("ns2", .old)]), [.converged, .converged]),
        Case(
            "different answers without serials are all right",
            Input(addresses: [
                .authoritative("ns1", .new, serial: nil), .authoritative("ns2", .nxDomain(), serial: nil),
            ]),
            [.converged, .converged]),
        Case(
            "the provider shows its own addresses",
            Input(addresses: [.authoritative("ns1", .old)], evidence: { $0.hiddenReason = "proxied" }), [.hidden]),
    ]

    static let conduct: [Case<Input, [Verdict]>] = [
        Case("REFUSED", Input(addresses: [.authoritative("ns1", .rcode(.refused))]), [.lame]),
        Case("NOTAUTH", Input(addresses: [.authoritative("ns1", .rcode(ResponseCode(rawValue: 9)))]), [.lame]),
        Case("no AA", Input(addresses: [.authoritative("ns1", .new, flags: [.response])]), [.lame]),
        Case(
            "an upward referral",
            Input(addresses: [.authoritative("ns1", .referral(to: "."), flags: [.response])]), [.lame]),
        Case("SERVFAIL", Input(addresses: [.authoritative("ns1", .rcode(.servFail))]), [.failing]),
        Case("NOTIMP", Input(addresses: [.authoritative("ns1", .rcode(.notImp))]), [.failing]),
        Case("silence", Input(addresses: [.authoritative("ns1", .silence())]), [.timeout]),
        Case("no answer yet", Input(addresses: [.authoritative("ns1", nil)]), [.notAsked]),
        Case(
            "silent and lame servers have no say in what is expected",
            Input(addresses: [
                .authoritative("ns1", .silence()), .authoritative("ns2", .old, serial: 9, flags: [.response]),
                .authoritative("ns3", .new),
            ]), [.timeout, .lame, .converged]),
    ]

    static let away = Question(name("cat.example.net"), .a)
    static let chain = CNAMEChain(
        links: [.init(owner: cat.name, type: .cname, target: away.name, ttl: TTL(60))], end: away.name)
    static let elsewhere: @Sendable (inout GatheredEvidence) -> Void = { $0.chain = chain }

    static let aliases: [Case<Input, [Verdict]>] = [
        Case(
            "an alias into another zone is right when the chain goes on there",
            Input(
                addresses: [
                    .authoritative("ns1", .aliases([("cat.example.net", 60)])),
                    .authoritative("ns8", .new, question: away),
                ], evidence: elsewhere), [.converged, .converged]),
        Case(
            "serials of the zones of one chain are not compared",
            Input(
                addresses: [
                    .authoritative("ns1", .aliases([("cat.example.net", 60)]), serial: 1),
                    .authoritative("ns8", .new, serial: 2, question: away),
                ], evidence: elsewhere), [.converged, .converged]),
        Case(
            "an alias to another target, at an older serial",
            Input(
                addresses: [
                    .authoritative("ns1", .aliases([("cat.example.net", 60)]), serial: 2),
                    .authoritative("ns2", .aliases([("dog.example.net", 60)]), serial: 1),
                    .authoritative("ns8", .new, question: away),
                ], evidence: elsewhere), [.converged, .lagging, .converged]),
        Case(
            "aliases that differ at one serial vary",
            Input(
                addresses: [
                    .authoritative("ns1", .aliases([("cat.example.net", 60)])),
                    .authoritative("ns2", .aliases([("dog.example.net", 60)])),
                    .authoritative("ns8", .new, question: away),
                ], evidence: elsewhere), [.converged, .converged, .converged]),
        Case(
            "addresses where others have an alias by now",
            Input(
                addresses: [
                    .authoritative("ns1", .aliases([("cat.example.net", 60)]), serial: 2),
                    .authoritative("ns2", .old, serial: 1), .authoritative("ns8", .new, question: away),
                ], evidence: elsewhere), [.converged, .lagging, .converged]),
        Case(
            "the end of a chain within the zone is what counts",
            Input(
                addresses: [.authoritative("ns1", .aliases([("dog.example", 60)], ["192.0.2.2"]))], evidence: expectsNew
            ),
            [.converged]),
        Case(
            "aliases that lead back are never right",
            Input(addresses: [.authoritative("ns1", .aliases([("dog.example", 60), ("cat.example", 60)]))]), [.wrong]),
    ]

    @Test("each by its rule", arguments: content + conduct + aliases)
    func verdicts(row: Case<Input, [Verdict]>) {
        let report = PropagationReport(of: .of(row.input.addresses, with: row.input.evidence))
        #expect(report.observations.map(\.verdict) == row.output)
    }

    static let serials: [Case<String, UInt32>] = [
        Case("that of its zone", "example", 1), Case("another zone's, beyond an alias", "example.net", 7),
    ]

    @Test("the SOA of a negative answer tells the zone's serial, if it is the zone's", arguments: serials)
    func serial(row: Case<String, UInt32>) {
        let observation = Observation.authoritative("ns1", nil, serial: 7)
        let alias = Record(
            owner: cat.name, ttl: TTL(60), data: RecordData(type: .cname, name: name("dog.\(row.input)")))
        let response = Response(
            flags: [.response, .authoritative], question: cat, answer: [alias],
            authority: [Record(owner: name(row.input), ttl: TTL(60), data: soa(1))])
        let sample = Sample(receivedAt: start, rtt: .zero, result: .success(response))
        #expect(AuthoritativeAnswer(sample, of: observation).serial == SOASerial(row.output))
    }

    @Test("an address that is right only some of the time is not right; a lost packet does not matter")
    func severalSamples() {
        var address = Observation.authoritative("ns2", .new, serial: 2)
        address.samples += Observation.authoritative("ns2", .old).samples
        let other = Observation.authoritative("ns1", .new, serial: 2)
        let verdict = {
            PropagationReport(of: .of([other, address], with: Self.expectsNewAfterOld)).observations[1].verdict
        }
        #expect(verdict() == .lagging)
        address.samples[1] = Sample(.silence())
        #expect(verdict() == .converged)
    }
}
