import DNSModel
import FoundationEssentials
import TestSupport
import Testing

/// A run that is replayed: who is due at a time, and what each then says.
struct Replay {
    var plan: FollowPlan
    var answers: [String: Say]
    /// Everybody who was asked, with the second.
    var log: [(at: Double, server: String)] = []
    /// The serial that each authoritative server has; 1 where it is left out.
    var serials: [String: UInt32] = [:]

    init(
        _ answers: [String: Say], expecting expectation: DNSModel.Expectation? = .newAddress, deadline: Duration? = nil,
        with change: (inout GatheredEvidence) -> Void = { _ in }
    ) {
        let servers = answers.keys.sorted()
        let evidence = GatheredEvidence.of(
            servers.filter(Self.isAuthoritative).map { .authoritative($0, nil) },
            resolvers: servers.filter { !Self.isAuthoritative($0) }.map { .resolver($0, []) }
        ) {
            $0.expectation = expectation
            change(&$0)
        }
        plan = FollowPlan(evidence, deadline: deadline)
        self.answers = answers
    }

    private static func isAuthoritative(_ server: String) -> Bool { server.hasPrefix("ns") }

    /// Asks whoever is due at that second, and hands over what they say.
    @discardableResult
    mutating func step(at seconds: Double) -> Set<String> {
        let now = start.addingTimeInterval(seconds)
        let due = plan.takeDue(at: now).map(\.server.id).map { $0.hasSuffix(".example") ? String($0.dropLast(8)) : $0 }
        log += due.map { (seconds, $0) }
        let observations = due.map { server -> Observation in
            let says = answers[server] ?? .silence()
            return Self.isAuthoritative(server)
                ? .authoritative(server, says, serial: serials[server] ?? 1, after: seconds)
                : .resolver(server, says, after: seconds)
        }
        plan.advance(with: observations, to: now)
        return Set(due)
    }

    /// Steps whenever the plan wants to be woken, until a second or its end.
    mutating func run(until end: Double) {
        while let wake = plan.nextWake, wake.timeIntervalSince(start) <= end {
            step(at: max(0, wake.timeIntervalSince(start)))
        }
    }

    func times(_ server: String) -> [Double] { log.filter { $0.server == server }.map(\.at) }
}

@Suite("Following a change")
struct FollowPlanTests {
    @Test("asks the authoritative side first, and resolvers once it is done")
    func order() {
        var run = Replay(["ns1": .new, "ns2": .old, "quad9": .new], deadline: .seconds(60)) {
            $0.previous = [PreviousRRset(given: [.address(address("192.0.2.1"))])]
        }
        #expect(run.step(at: 0) == ["ns1", "ns2"])
        #expect(run.step(at: 0) == [])
        #expect(run.plan.report.gate.reason == "ns2 lags")
        run.run(until: 5)
        #expect(run.times("quad9") == [])
        run.answers["ns2"] = .new
        run.run(until: 20)
        #expect(run.times("quad9").first == run.times("ns2").first { $0 > 5 })
        #expect(run.plan.outcome == .ok)
    }

    @Test("asks authoritative servers every second, backing off to ten")
    func authoritativeCadence() {
        var run = Replay(["ns1": .old], deadline: .seconds(60))
        run.run(until: 45)
        #expect(run.times("ns1") == [0, 1, 3, 7, 15, 25, 35, 45])
    }

    @Test("starts again at a second when one of them has changed")
    func authoritativeChange() {
        var run = Replay(["ns1": .old, "ns2": .old], deadline: .seconds(100))
        run.run(until: 25)
        run.answers["ns1"] = .new
        run.run(until: 39)
        #expect(run.times("ns1").suffix(3) == [35, 36, 38])
    }

    @Test("keeps what an address served before as previous, so that others lag instead of being wrong")
    func replaced() {
        var run = Replay(["ns1": .old, "ns2": .old], deadline: .seconds(100))
        run.step(at: 0)
        #expect(run.plan.report.observations.map(\.verdict) == [.wrong, .wrong])
        run.answers["ns1"] = .new
        run.step(at: 1)
        #expect(run.plan.report.observations.map(\.verdict) == [.converged, .lagging])
        #expect(run.plan.report.previous == [["192.0.2.1"]])
    }

    @Test("a silent address holds the gate until it has failed once")
    func silence() {
        var run = Replay(["ns1": .new, "ns2": .silence(), "quad9": .new])
        let now = start
        let due = run.plan.takeDue(at: now)
        run.plan.advance(with: [.authoritative("ns1", .new)], to: now)
        #expect(due.count == 2 && run.plan.report.gate.reason == "ns2 has not answered")
        #expect(run.plan.takeDue(at: now).isEmpty)
        let later = start.addingTimeInterval(4)
        run.plan.advance(with: [.authoritative("ns2", .silence(), after: 4)], to: later)
        #expect(run.plan.report.gate.state == .open)
        #expect(Set(run.plan.takeDue(at: later).map(\.server.id)) == ["ns1.example", "quad9"])
    }

    @Test("asks a stale cache again a second after its expiry, not before")
    func staleCadence() {
        var run = Replay(["ns1": .new, "quad9": .old(ttl: 42)], deadline: .seconds(200)) {
            $0.previous = [PreviousRRset(given: [.address(address("192.0.2.1"))])]
        }
        run.run(until: 20)
        run.answers["quad9"] = .new(ttl: 300)
        run.run(until: 100)
        #expect(run.times("quad9").first { $0 > 0 } == 43)
        #expect(run.plan.outcome == .ok)
    }

    @Test("asks again at the first expiry among the caches of one address")
    func firstExpiry() {
        var run = Replay(["ns1": .new, "quad9": .new], deadline: .seconds(200))
        run.step(at: 0)
        let due = run.plan.takeDue(at: start)
        #expect(due.map(\.server.id) == ["quad9"])
        run.plan.advance(
            with: [.resolver("quad9", [Sample(.old(ttl: 50)), Sample(.old(ttl: 20)), Sample(.new)])], to: start)
        #expect(run.plan.takeDue(at: start.addingTimeInterval(20.9)).allSatisfy { $0.server.id != "quad9" })
        #expect(run.plan.takeDue(at: start.addingTimeInterval(21)).contains { $0.server.id == "quad9" })
    }

    @Test(
        "asks what has no TTL every five seconds, backing off to sixty",
        arguments: [Say.rcode(.servFail), .silence(), .noData(soa: nil), .records(["0.0.0.0"])])
    func backoff(says: Say) {
        var run = Replay(["ns1": .new, "quad9": says], deadline: .seconds(300))
        run.run(until: 280)
        #expect(run.times("quad9") == [0, 5, 15, 35, 75, 135, 195, 255])
    }

    @Test("starts again at five seconds when the verdict is another")
    func backoffReset() {
        var run = Replay(["ns1": .new, "quad9": .rcode(.servFail)], deadline: .seconds(300))
        run.run(until: 34)
        run.answers["quad9"] = .silence()
        run.run(until: 60)
        #expect(run.times("quad9") == [0, 5, 15, 35, 40, 50])
    }

    @Test("notices a TTL that does not count down between two looks")
    func stuckTTL() {
        var run = Replay(["ns1": .new, "quad9": .old(ttl: 20)], deadline: .seconds(300))
        run.run(until: 20)
        #expect(run.plan.report.convergence.etaBound == .by)
        run.run(until: 21)
        #expect(run.plan.report.convergence.etaBound == .atLeast)
        #expect(run.plan.report.findings.map(\.code) == ["ttl-clamped", "outlived-ttl"])
    }

    @Test("ends OK only after one more look at each operator")
    func confirmation() {
        var run = Replay(["ns1": .new, "google": .new, "quad9": .new])
        run.step(at: 0)
        run.step(at: 0)
        #expect(run.plan.report.status == .ok)
        #expect(run.plan.outcome == nil)
        #expect(run.step(at: 0) == ["google", "quad9"])
        #expect(run.plan.outcome == .ok)
        #expect(run.plan.nextWake == nil)
        #expect(run.plan.takeDue(at: start.addingTimeInterval(1000)).isEmpty)
    }

    @Test("goes on when another cache of an operator says otherwise")
    func unconfirmed() {
        var run = Replay(["ns1": .new, "google": .new, "quad9": .new], deadline: .seconds(400))
        run.step(at: 0)
        run.step(at: 0)
        run.answers["quad9"] = .old(ttl: 30)
        run.step(at: 0)
        #expect(run.plan.outcome == nil && run.plan.report.status == .warning)
        run.answers["quad9"] = .new
        run.run(until: 60)
        #expect(run.times("quad9") == [0, 0, 31, 31])
        #expect(run.plan.outcome == .ok)
    }

    @Test("does not end while an answer is still awaited")
    func pending() {
        var run = Replay(["ns1": .new, "a": .new, "b": .new, "c": .new, "d": .new, "e": .new, "slow": .new])
        run.step(at: 0)
        let asked = run.plan.takeDue(at: start).map(\.server.id)
        #expect(asked.count == 6)
        run.plan.advance(with: ["a", "b", "c", "d", "e"].map { .resolver($0, .new) }, to: start)
        #expect(run.plan.report.pending == 1)
        #expect(run.plan.takeDue(at: start).isEmpty && run.plan.outcome == nil)
    }

    @Test("without resolvers it ends when the authoritative side is done")
    func authoritativeOnly() {
        var run = Replay(["ns1": .new, "ns2": .new])
        run.step(at: 0)
        #expect(run.plan.outcome == .ok)
    }

    static let ends: [Case<[String: Say], Status>] = [
        Case("stale at the deadline is CRITICAL", ["ns1": .new, "quad9": .old(ttl: 280)], .critical),
        Case(
            "blocked at the deadline is CRITICAL",
            ["ns1": .new, "a": .new, "b": .new, "c": .new, "d": .new, "e": .new, "quad9": .records(["0.0.0.0"])],
            .critical),
        Case("an address that lags without end is CRITICAL", ["ns1": .new, "ns2": .old], .critical),
        Case("what could not be measured stays UNKNOWN", ["ns1": .new, "quad9": .silence()], .unknown),
        Case("a server that is wrong stays CRITICAL", ["ns1": .old], .critical),
    ]

    @Test("at the deadline it ends with what a check would say, but not below CRITICAL", arguments: ends)
    func deadline(row: Case<[String: Say], Status>) {
        var run = Replay(row.input, deadline: .seconds(30))
        run.run(until: 29)
        #expect(run.plan.outcome == nil)
        run.run(until: 100)
        #expect(run.plan.outcome == row.output)
        #expect(run.plan.report.exitCode == row.output.exitCode)
        #expect(run.log.allSatisfy { $0.at <= 30 })
    }

    @Test("the deadline is ten minutes, or twice the largest TTL seen when that is longer")
    func defaultDeadline() {
        var run = Replay(["ns1": .new(ttl: 300), "quad9": .old(ttl: 290)])
        run.step(at: 0)
        #expect(run.plan.deadline == start.addingTimeInterval(600))
        run.step(at: 0)
        #expect(run.plan.deadline == start.addingTimeInterval(600))
        var long = Replay(["ns1": .new(ttl: 300), "quad9": .nxDomain(soa: 86400)])
        long.step(at: 0)
        long.step(at: 0)
        #expect(long.plan.deadline == start.addingTimeInterval(7200))
        var alias = Replay(["ns1": .aliases([("dog.example", 4000)], ["192.0.2.2"])])
        alias.step(at: 0)
        #expect(alias.plan.deadline == start.addingTimeInterval(8000))
    }

    @Test("a lag beyond its limit is CRITICAL, and is counted from when it began")
    func lagLimit() {
        var run = Replay(["ns1": .new, "ns2": .old], expecting: nil, deadline: .seconds(1000))
        run.serials = ["ns1": 2]
        run.run(until: 119)
        #expect(run.plan.report.status == .warning)
        run.run(until: 132)
        #expect(run.plan.report.status == .critical)
        #expect(run.plan.report.reasons.first?.text == "ns2 has lagged for over 2m00s")
    }

    @Test("a second lag is counted from its own beginning")
    func secondLag() {
        var run = Replay(["ns1": .new, "ns2": .old, "quad9": .old(ttl: 290)], expecting: nil, deadline: .seconds(1000))
        run.serials = ["ns1": 2]
        run.run(until: 100)
        run.serials["ns2"] = 2
        run.answers["ns2"] = .new
        run.step(at: 110)
        run.step(at: 110)
        #expect(run.plan.report.reasons.map(\.text) == ["1 stale"])
        run.serials["ns2"] = 1
        run.answers["ns2"] = .old
        run.step(at: 120)
        run.step(at: 130)
        #expect(run.plan.report.observations.map(\.verdict) == [.converged, .lagging, .notAsked])
        #expect(run.plan.report.reasons.map(\.text) == ["ns2 lags"])
    }

    @Test("an answer fetched again after the authoritative side was done is past the ETA")
    func pastETA() {
        var run = Replay(["ns1": .new(ttl: 40), "quad9": .old(ttl: 20)], deadline: .seconds(300))
        run.run(until: 20)
        #expect(run.plan.report.status == .warning)
        run.answers["quad9"] = .old(ttl: 40)
        run.run(until: 21)
        #expect(run.plan.report.reasons.first?.text == "past the ETA: Quad9")
        #expect(run.plan.report.status == .critical)
    }

    @Test("another cache that expires within the old TTL is not")
    func otherCache() {
        var run = Replay(["ns1": .new(ttl: 40), "quad9": .old(ttl: 10)], deadline: .seconds(300))
        run.run(until: 10)
        run.answers["quad9"] = .old(ttl: 28)
        run.run(until: 11)
        #expect(run.plan.report.status == .warning)
    }

    @Test("an unexpected answer that outlives the authoritative TTL is wrong")
    func presumption() {
        var run = Replay(["ns1": .new(ttl: 40), "quad9": .old(ttl: 40)], deadline: .seconds(300))
        run.run(until: 40)
        #expect(run.plan.report.operators.map(\.verdict) == [.stale])
        #expect(run.plan.report.operators.map(\.presumed) == [true])
        run.run(until: 82)
        #expect(run.plan.report.operators.map(\.verdict) == [.wrong])
    }

    @Test("closes the gate again when a server falls back, and asks resolvers by what they hold")
    func fallsBack() {
        var run = Replay(["ns1": .new, "ns2": .new, "quad9": .old(ttl: 200)], deadline: .seconds(400)) {
            $0.previous = [PreviousRRset(given: [.address(address("192.0.2.1"))])]
        }
        run.run(until: 30)
        run.answers["ns2"] = .old
        run.run(until: 50)
        #expect(run.plan.report.gate.state == .held)
        #expect(run.plan.report.operators.map(\.verdict) == [.notAsked])
        run.answers["ns2"] = .new
        run.run(until: 100)
        #expect(run.plan.report.operators.map(\.verdict) == [.stale])
        run.answers["quad9"] = .new
        run.run(until: 390)
        #expect(run.times("quad9").first { $0 > 0 } == 201)
    }

    @Test("takes a whole new view, and knows what of it is new")
    func wholeView() {
        var run = Replay(["ns1": .new, "quad9": .old(ttl: 20)], deadline: .seconds(300))
        run.step(at: 0)
        run.step(at: 0)
        var gathered = run.plan.evidence
        gathered.now = start.addingTimeInterval(5)
        gathered.authoritative.append(.authoritative("ns2", .old, after: 5))
        gathered.findings = [Finding(code: "walk", severity: .note, subject: "example", detail: "moved")]
        run.plan.advance(to: gathered)
        #expect(run.plan.report.gate.reason == "ns2 differs")
        #expect(run.plan.report.findings.contains { $0.code == "walk" })
        gathered.authoritative.removeLast()
        gathered.now = start.addingTimeInterval(6)
        run.plan.advance(to: gathered)
        #expect(run.plan.report.gate.state == .open)
        #expect(run.plan.report.observations.map(\.id) == ["ns1.example", "quad9"])
    }

    @Test("can be replayed: the same observations and times give the same plan")
    func replay() {
        func reports() -> [PropagationReport] {
            var run = Replay([
                "ns1": .new, "ns2": .silence(), "a": .old(ttl: 33), "b": .nxDomain(), "c": .rcode(.refused),
            ])
            return (0..<120).map { second in
                run.step(at: Double(second))
                return run.plan.report
            }
        }
        #expect(reports() == reports())
    }
}
