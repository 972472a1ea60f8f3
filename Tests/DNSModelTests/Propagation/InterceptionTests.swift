import DNSModel
import TestSupport
import Testing

@Suite("Interception is believed when identities break at two operators, or when one contradicts itself")
struct InterceptionTests {
    static let patterns = Resolver.Identity(
        nsid: IdentityPattern("^res.*pch.net$"), idServer: IdentityPattern("^[a-z]{3}$"))

    static func resolver(
        _ id: String, _ identity: ServerIdentity, secure: ServerIdentity = ServerIdentity(),
        transport: Endpoint.Transport = .udp
    ) -> Observation {
        let server = ObservedServer(
            side: .resolver, id: id, label: id, endpoint: Endpoint(address("198.51.100.1"), transport: transport),
            identityPatterns: patterns)
        var observation = Observation(server: server, question: cat, samples: [Sample(.new)])
        observation.identity = identity
        observation.secureIdentity = secure
        return observation
    }

    static let good = ServerIdentity(nsid: "res100.vie.rrdns.pch.net")
    static let bad = ServerIdentity(nsid: "router.local")

    static let rows: [Case<[Observation], [String: Verdict]>] = [
        Case(
            "identities as documented", [resolver("a", good), resolver("b", good)], ["a": .converged, "b": .converged]),
        Case(
            "no identity says nothing", [resolver("a", ServerIdentity()), resolver("b", bad)],
            ["a": .converged, "b": .converged]),
        Case(
            "one broken pattern is a note", [resolver("a", bad), resolver("b", good)],
            ["a": .converged, "b": .converged]),
        Case(
            "two addresses of one operator are still one", [resolver("a", bad), resolver("a", bad)], ["a": .converged]),
        Case(
            "broken at two operators", [resolver("a", bad), resolver("b", bad), resolver("c", good)],
            ["a": .intercepted, "b": .intercepted, "c": .converged]),
        Case(
            "broken in id.server at one, in NSID at the other",
            [resolver("a", ServerIdentity(idServer: "dnsmasq-2.90")), resolver("b", bad)],
            ["a": .intercepted, "b": .intercepted]),
        Case(
            "broken over port 53 and right over HTTPS", [resolver("a", bad, secure: good)], ["a": .intercepted]),
        Case("broken over both is a change of naming", [resolver("a", bad, secure: bad)], ["a": .converged]),
        Case(
            "what TLS proves cannot be intercepted", [resolver("a", bad, transport: .tls), resolver("b", bad)],
            ["a": .converged, "b": .converged]),
    ]

    @Test("each by its rule", arguments: rows)
    func verdicts(row: Case<[Observation], [String: Verdict]>) {
        let report = PropagationReport(of: .of(resolvers: row.input))
        #expect(Dictionary(report.operators.map { ($0.id, $0.verdict) }, uniquingKeysWith: { $1 }) == row.output)
    }

    @Test("it is CRITICAL with a finding, a single broken pattern is a note")
    func findings() {
        let note = PropagationReport(of: .of(resolvers: [Self.resolver("a", Self.bad)] + operators(5, .new)))
        #expect(note.status == .ok)
        #expect(note.findings.map(\.code) == ["unexpected-identity"])
        let proof = PropagationReport(
            of: .of(resolvers: [Self.resolver("a", Self.bad, secure: Self.good)] + operators(5, .new)))
        #expect(proof.status == .critical)
        #expect(proof.findings.map(\.code) == ["intercepted"])
    }
}
