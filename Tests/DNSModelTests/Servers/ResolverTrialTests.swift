import DNSModel
import TestSupport
import Testing

@Suite("A resolver's answers show whether it does what its entry claims")
struct ResolverTrialTests {
    private typealias Outcome = ResolverTrial.Outcome

    private static func text(_ outcome: ResolverTrial.Outcome) -> String {
        switch outcome {
        case .holds: "holds"
        case .broken(let reason): "broken: \(reason)"
        case .unclear(let reason): "unclear: \(reason)"
        }
    }

    private static let rtt = Duration.milliseconds(12)

    @Test(
        "Whether it is reached",
        arguments: [
            Case("an answer", Say.new, "holds"), Case("none", .silence(), "broken: no answer"),
            Case("a refusal", .rcode(.refused), "broken: answers REFUSED"),
            Case("a name it does not know", .nxDomain(), "broken: answers NXDOMAIN"),
            Case("an empty answer", .noData(), "broken: answers without a record"),
        ])
    func reachability(_ c: Case<Say, String>) {
        #expect(Self.text(.reachability(c.input.result(), rtt: Self.rtt)) == c.output)
    }

    @Test(
        "Whether a name that cannot exist does not",
        arguments: [
            Case("NXDOMAIN", Say.nxDomain(), "holds"),
            Case(
                "an address all the same", .records(["192.0.2.80"]),
                "broken: answers 192.0.2.80 for a name that does not exist"),
            Case("no data", .noData(), "broken: answers NOERROR for a name that does not exist"),
            Case("a failure", .rcode(.servFail), "unclear: answers SERVFAIL"),
            Case("silence", .silence(), "unclear: no answer"),
        ])
    func honesty(_ c: Case<Say, String>) {
        #expect(Self.text(.honesty(c.input.result(), rtt: Self.rtt)) == c.output)
    }

    struct Signed: Sendable {
        let claim: Bool?
        let answer: Say
        var unchecked = Say.new
        var ede: [UInt16] = []
    }

    @Test(
        "Whether it validates as the list says",
        arguments: [
            Case("says so and does", Signed(claim: true, answer: .rcode(.servFail)), "holds"),
            Case(
                "says so and does not", Signed(claim: true, answer: .new),
                "broken: does not validate, which the list says it does"),
            Case(
                "denies it and does", Signed(claim: false, answer: .rcode(.servFail)),
                "broken: validates, which the list denies"),
            Case("denies it and does not", Signed(claim: false, answer: .new), "holds"),
            Case("says nothing", Signed(claim: nil, answer: .new), "holds"),
            Case(
                "a name that is not there at all",
                Signed(claim: true, answer: .rcode(.servFail), unchecked: .nxDomain()),
                "unclear: the name with the broken signature does not answer"),
            Case(
                "a refusal that names the signature, whatever comes of the rest",
                Signed(claim: true, answer: .rcode(.servFail), unchecked: .rcode(.servFail), ede: [7]), "holds"),
            Case(
                "silence", Signed(claim: true, answer: .silence()),
                "unclear: the name with the broken signature does not answer"),
            Case("a refusal", Signed(claim: true, answer: .rcode(.refused)), "unclear: answers REFUSED"),
        ])
    func validation(_ c: Case<Signed, String>) {
        var resolver = Resolver(id: "r", name: "R", operatorID: "r", operatorName: "R")
        resolver.validatesDNSSEC = c.input.claim
        let outcome = Outcome.validation(
            c.input.answer.result(ede: c.input.ede.map { ExtendedError(code: $0) }),
            checkingDisabled: c.input.unchecked.result(), of: resolver, rtt: Self.rtt)
        #expect(Self.text(outcome) == c.output)
    }

    @Test(
        "Whether it names itself as documented",
        arguments: [
            Case("as documented", ServerIdentity(nsid: "res1.vie"), "holds"),
            Case(
                "otherwise", ServerIdentity(nsid: "isp-cache-3"),
                "broken: names itself \"isp-cache-3\"; somebody else may answer for it"),
            Case("not at all", ServerIdentity(), "unclear: does not name itself"),
        ])
    func identity(_ c: Case<ServerIdentity, String>) {
        var resolver = Resolver(id: "r", name: "R", operatorID: "r", operatorName: "R")
        resolver.identity = Resolver.Identity(nsid: IdentityPattern("^res[0-9]"))
        #expect(Self.text(.identity(c.input, of: resolver, rtt: Self.rtt)) == c.output)
    }

    typealias Check = ResolverTrial.Check

    private static func check(_ claim: ResolverTrial.Claim, _ outcome: ResolverTrial.Outcome) -> Check {
        Check(claim, at: Endpoint(address("192.0.2.1")), outcome)
    }

    @Test(
        "The status of an entry",
        arguments: [
            Case("all holds", [check(.udp, .holds(rtt)), check(.nxdomain, .holds(rtt))], Status.ok),
            Case("one address of two is silent", [check(.udp, .holds(rtt)), check(.udp, .broken("x"))], .warning),
            Case(
                "a transport that no address speaks", [check(.udp, .holds(rtt)), check(.tcp, .broken("x"))], .critical),
            Case("a lie", [check(.udp, .holds(rtt)), check(.nxdomain, .broken("x"))], .critical),
            Case("what cannot be told is no fault", [check(.udp, .holds(rtt)), check(.dnssec, .unclear("x"))], .ok),
            Case("nothing tried", [], .unknown),
        ])
    func status(_ c: Case<[Check], Status>) {
        let resolver = Resolver(id: "r", name: "R", operatorID: "r", operatorName: "R")
        #expect(ResolverTrial(resolver, checks: c.input).status == c.output)
    }

    @Test("When nobody answers, the fault is not the resolvers'")
    func noNetwork() {
        let resolver = Resolver(id: "r", name: "R", operatorID: "r", operatorName: "R")
        let trial = ResolverTrial(resolver, checks: [Self.check(.udp, .broken("no answer"))])
        #expect(trial.status == .critical)
        #expect(ResolverTrial.status(of: [trial, trial]) == .unknown)
    }
}
