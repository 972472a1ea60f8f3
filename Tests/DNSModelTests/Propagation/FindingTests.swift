import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@Suite("Findings")
struct FindingTests {
    struct Input: Sendable {
        var authoritative: [Observation] = [.authoritative("ns1", .new), .authoritative("ns2", .new)]
        var resolvers: [Observation] = []
        var evidence: @Sendable (inout GatheredEvidence) -> Void = { _ in }
    }

    static let servers = ["ns1", "ns2"].map { server in
        Zone.Nameserver(name: name("\(server).example"), addresses: [address("192.0.2.5\(server.last ?? "0")")])
    }

    /// A zone that is as it should be, unless told otherwise.
    static func zone(
        parent: Set<String> = ["ns1.example", "ns2.example"], child: Set<String>? = ["ns1.example", "ns2.example"],
        glue: [String: [String]] = ["ns1.example": ["192.0.2.51"]],
        published: [String: [String]] = ["ns1.example": ["192.0.2.51"]], source: Zone.Source = .walk
    ) -> Zone {
        func addresses(_ texts: [String: [String]]) -> [DomainName: Set<IPAddress>] {
            Dictionary(texts.map { (name($0.key), Set($0.value.map { address($0) })) }, uniquingKeysWith: { $1 })
        }
        return Zone(
            apex: name("example"), parent: .root, nameservers: servers, source: source,
            parentNames: Set(parent.map { name($0) }), childNames: child.map { Set($0.map { name($0) }) },
            glue: addresses(glue), published: addresses(published))
    }

    static func zones(_ zone: Zone) -> @Sendable (inout GatheredEvidence) -> Void { { $0.zones = [zone] } }

    static func rrsig(from inception: Date, to expiration: Date) -> Record {
        func octets(_ date: Date) -> [UInt8] {
            let seconds = UInt32(date.timeIntervalSince1970)
            return (0..<4).map { UInt8(truncatingIfNeeded: seconds >> (24 - 8 * $0)) }
        }
        let head: [UInt8] = [0, 1, 13, 2, 0, 0, 1, 44]
        let rdata = head + octets(expiration) + octets(inception) + [0, 1] + name("example").canonicalWire + [1, 2, 3]
        return Record(
            owner: cat.name, ttl: TTL(300), data: RecordData(type: .rrsig, octets: rdata, text: "A 13 2 300 …"))
    }

    static func signed(from inception: Double, to expiration: Double) -> [Observation] {
        var observation = Observation.authoritative("ns1", .new)
        let signature = rrsig(from: start.addingTimeInterval(inception), to: start.addingTimeInterval(expiration))
        guard let response = observation.samples[0].response else { return [] }
        let whole = Response(
            flags: response.flags, question: cat, answer: response.answer + [signature], edns: response.edns)
        observation.samples = [Sample(receivedAt: start, rtt: .zero, result: .success(whole))]
        return [observation]
    }

    static func overTCP() -> Observation {
        var observation = Observation.authoritative("ns2", .new)
        observation.samples = observation.samples.map {
            Sample(receivedAt: $0.receivedAt, rtt: $0.rtt, result: $0.result, transport: .tcp)
        }
        return observation
    }

    static func chain(_ targets: [String], loops: Bool = false) -> @Sendable (inout GatheredEvidence) -> Void {
        {
            let names = [cat.name] + targets.map { name($0) }
            let links = zip(names, names.dropFirst()).map {
                CNAMEChain.Link(owner: $0, type: .cname, target: $1, ttl: TTL(60))
            }
            $0.chain = CNAMEChain(links: links, end: names[names.count - 1], isLoop: loops)
        }
    }

    static let healthy: [Case<Input, [String]>] = [
        Case("a healthy zone has none", Input(evidence: zones(zone())), []),
        Case("the child's NS set was not seen", Input(evidence: zones(zone(child: nil))), []),
        Case(
            "glue of one family, where the name has both",
            Input(
                evidence: zones(
                    zone(
                        glue: ["ns1.example": ["192.0.2.51"]],
                        published: ["ns1.example": ["192.0.2.51", "2001:db8::51"]]))),
            []),
        Case(
            "glue of both families, where only one was asked about",
            Input(evidence: zones(zone(glue: ["ns1.example": ["192.0.2.51", "2001:db8::51"]]))), []),
        Case("glue of a name that was not asked", Input(evidence: zones(zone(published: [:]))), []),
        Case("a signature that holds", Input(authoritative: signed(from: -60, to: 60)), []),
        Case("a chain of a few aliases", Input(evidence: chain((1...8).map { "a\($0).example" })), []),
        Case("TTLs within the published one", Input(resolvers: [.resolver("quad9", .new(ttl: 300))]), []),
        Case("the same serial everywhere", Input(evidence: zones(zone())), []),
    ]

    static let delegation: [Case<Input, [String]>] = [
        Case(
            "a server missing at the child", Input(evidence: zones(zone(child: ["ns1.example"]))), ["ns-mismatch"]),
        Case(
            "a server missing at the parent", Input(evidence: zones(zone(parent: ["ns1.example"]))), ["ns-mismatch"]),
        Case("wrong glue", Input(evidence: zones(zone(glue: ["ns1.example": ["192.0.2.99"]]))), ["glue-mismatch"]),
        Case(
            "glue for only one of two addresses",
            Input(evidence: zones(zone(published: ["ns1.example": ["192.0.2.51", "192.0.2.98"]]))), ["glue-mismatch"]),
        Case(
            "found through the system's resolver", Input(evidence: zones(zone(source: .systemResolver))),
            ["system-resolver"]),
    ]

    static let serving: [Case<Input, [String]>] = [
        Case(
            "lame", Input(authoritative: [.authoritative("ns1", .new), .authoritative("ns2", .rcode(.refused))]),
            ["lame-server"]),
        Case(
            "silent", Input(authoritative: [.authoritative("ns1", .new), .authoritative("ns2", .silence())]),
            ["silent-server"]),
        Case(
            "failing", Input(authoritative: [.authoritative("ns1", .new), .authoritative("ns2", .rcode(.servFail))]),
            ["failing-server"]),
        Case(
            "truncated, and TCP is closed",
            Input(authoritative: [.authoritative("ns1", .new), .authoritative("ns2", .silence(.truncated("refused")))]),
            ["tcp-failed"]),
        Case("too long for UDP", Input(authoritative: [.authoritative("ns1", .new), overTCP()]), ["needs-tcp"]),
        Case(
            "serial skew",
            Input(
                authoritative: [.authoritative("ns1", .new, serial: 9), .authoritative("ns2", .new, serial: 7)],
                evidence: zones(zone())), ["serial-skew"]),
        Case(
            "servers that vary", Input(authoritative: [.authoritative("ns1", .new), .authoritative("ns2", .old)]),
            ["varies"]),
        Case(
            "servers that follow more or fewer aliases of the same chain",
            Input(
                authoritative: [
                    .authoritative("ns1", .aliases([("a.example", 60), ("b.example", 60)], ["192.0.2.2"])),
                    .authoritative("ns2", .aliases([("a.example", 60)])),
                ], evidence: chain(["a.example", "b.example"])), []),
        Case(
            "servers whose aliases lead to different places",
            Input(
                authoritative: [
                    .authoritative("ns1", .aliases([("a.example", 60)])),
                    .authoritative("ns2", .aliases([("b.example", 60)])),
                ], evidence: chain(["a.example"])), ["varies"]),
        Case("no such name", Input(authoritative: [.authoritative("ns1", .nxDomain())]), ["no-such-name"]),
        Case("no such record", Input(authoritative: [.authoritative("ns1", .noData())]), ["no-such-record"]),
        Case(
            "aliases that lead back",
            Input(authoritative: [.authoritative("ns1", .aliases([("dog.example", 60), ("cat.example", 60)]))]),
            ["cname-loop"]),
        Case(
            "aliases that lead back across zones",
            Input(
                authoritative: [.authoritative("ns1", .aliases([("cat.example.net", 60)]))],
                evidence: chain(["cat.example.net", "cat.example"], loops: true)), ["cname-loop"]),
        Case("a long chain", Input(evidence: chain((1...9).map { "a\($0).example" })), ["long-cname-chain"]),
        Case("a signature that has expired", Input(authoritative: signed(from: -90, to: -30)), ["signature-expired"]),
        Case(
            "a signature of the future", Input(authoritative: signed(from: 30, to: 90)), ["signature-not-yet-valid"]),
    ]

    static let surroundings: [Case<Input, [String]>] = [
        Case("no route for a family", Input { $0.skippedFamilies = [.ipv6] }, ["no-ipv6-route"]),
        Case(
            "servers over IPv6 alone",
            Input(authoritative: []) {
                let server = Zone.Nameserver(name: name("ns1.example"), addresses: [address("2001:db8::51")])
                $0.zones = [Zone(apex: name("example"), nameservers: [server])]
                $0.skippedFamilies = [.ipv6]
            }, ["ipv6-only", "no-ipv6-route"]),
        Case("content that the provider hides", Input { $0.hiddenReason = "proxied" }, ["hidden-content"]),
        Case(
            "what the walk noticed",
            Input { $0.findings = [Finding(code: "walk", severity: .note, subject: "example", detail: "was slow")] },
            ["walk"]),
    ]

    static func bogus() -> Observation {
        var observation = Observation.resolver("quad9", [Sample(.rcode(.servFail), ede: [7])])
        observation.checkingDisabled = Sample(.new)
        return observation
    }

    static let resolving: [Case<Input, [String]>] = [
        Case("a raised TTL", Input(resolvers: [.resolver("quad9", .new(ttl: 301))]), ["ttl-raised"]),
        Case(
            "a TTL at the cap", Input(resolvers: [.resolver("quad9", [Sample(.new(ttl: 60))], ttlCap: 60)]),
            ["ttl-clamped"]),
        Case(
            "served stale", Input(resolvers: [.resolver("quad9", [Sample(.old(ttl: 20), ede: [3])])]),
            ["serve-stale", "extended-error"]),
        Case("bogus", Input(resolvers: [bogus()]), ["dnssec-bogus", "extended-error"]),
        Case("filtered", Input(resolvers: [.resolver("quad9", [Sample(.nxDomain(), ede: [17])])]), ["blocked"]),
        Case(
            "caches that disagree", Input(resolvers: [.resolver("quad9", [Sample(.new), Sample(.old(ttl: 9))])]),
            ["caches-disagree"]),
        Case(
            "an extended error", Input(resolvers: [.resolver("quad9", [Sample(.rcode(.servFail), ede: [22])])]),
            ["extended-error"]),
        Case(
            "one extended error is told once",
            Input(resolvers: [
                .resolver("quad9", [Sample(.rcode(.servFail), ede: [22]), Sample(.rcode(.servFail), ede: [22])])
            ]),
            ["extended-error"]),
    ]

    @Test(
        "name what stands out, and nothing else", arguments: healthy + delegation + serving + surroundings + resolving)
    func findings(row: Case<Input, [String]>) {
        let evidence = GatheredEvidence.of(
            row.input.authoritative, resolvers: row.input.resolvers, with: row.input.evidence)
        let findings = Finding.all(in: Judgement(of: evidence))
        #expect(findings.map(\.code) == row.output)
    }

    @Test(
        "have codes that scripts can rely on, and texts without an end",
        arguments: delegation + serving + surroundings + resolving)
    func form(row: Case<Input, [String]>) {
        let evidence = GatheredEvidence.of(
            row.input.authoritative, resolvers: row.input.resolvers, with: row.input.evidence)
        for finding in Finding.all(in: Judgement(of: evidence)) {
            #expect(finding.code.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") })
            #expect(!finding.subject.isEmpty && !finding.detail.isEmpty)
            #expect(!finding.detail.hasSuffix(".") && !finding.advice.hasSuffix("."))
        }
    }

    @Test("hold only serials of one zone against each other, though its servers serve a zone below as well")
    func serialsOfTwoZones() {
        let below = Question(name("dog.sub.example"), .a)
        let evidence = GatheredEvidence.of([
            .authoritative("ns1", .aliases([("cat.example", 60)]), serial: 9, question: below),
            .authoritative("ns1", .new, serial: 5), .authoritative("ns2", .new, serial: 5),
        ]) {
            $0.question = below
            $0.zones = [Zone(apex: name("sub.example"), nameservers: Array(Self.servers.prefix(1))), Self.zone()]
            $0.chain = CNAMEChain(
                links: [.init(owner: below.name, type: .cname, target: cat.name, ttl: TTL(60))], end: cat.name)
        }
        #expect(Finding.all(in: Judgement(of: evidence)).isEmpty)
        let report = PropagationReport(of: evidence)
        #expect(report.zone?.serials == ["192.0.2.51": 9])
        #expect(report.targetZones.map(\.serials) == [["192.0.2.51": 5, "192.0.2.52": 5]])
    }

    static let unusable: [Case<Say, String>] = [
        Case("REFUSED", .rcode(.refused), "configure the zone at this server"),
        Case("silence", .silence(), "start the server, let port 5300 through to it"),
    ]

    @Test("advise to change the delegation only where it names the server", arguments: unusable)
    func given(row: Case<Say, String>) throws {
        let evidence = GatheredEvidence.of([
            .authoritative("ns1", .new), .given("192.0.2.99", port: 5300, row.input),
        ])
        let finding = try #require(Finding.all(in: Judgement(of: evidence)).first)
        #expect(finding.advice == row.output + ", or leave it out of --nameserver")
        #expect(finding.subject == "192.0.2.99:5300")
    }

    @Test("come worst first")
    func order() {
        let evidence = GatheredEvidence.of(
            [.authoritative("ns1", .new), .authoritative("ns2", .rcode(.refused))], resolvers: [Self.bogus()]
        ) { $0.skippedFamilies = [.ipv6] }
        let severities = Finding.all(in: Judgement(of: evidence)).map(\.severity)
        #expect(severities == [.critical, .warning, .note, .note])
    }

    @Test("say what was seen and where")
    func texts() throws {
        let evidence = GatheredEvidence.of([
            .authoritative("ns1", .new, serial: 9), .authoritative("ns2", .new, serial: 4_294_967_290),
        ]) { $0.zones = [Self.zone(child: ["ns1.example", "ns3.example"])] }
        let findings = Finding.all(in: Judgement(of: evidence))
        #expect(
            findings.map(\.detail) == [
                "only the parent lists ns2.example; only the zone itself lists ns3.example",
                "serials range from 4294967290 (ns2.example) to 9",
            ])
        #expect(PropagationReport(of: evidence).zone?.serialSkew == 15)
    }
}
