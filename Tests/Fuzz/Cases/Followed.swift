import DNSModel
import FoundationEssentials

/// A change that is followed while servers say anything.
struct Followed {
    private let scene: Scene

    init(_ scene: Scene) {
        self.scene = scene
    }

    /// The reports of a run of a few turns.
    func reports(using dice: inout Dice) throws(FuzzFailure) -> [PropagationReport] {
        var evidence = dice.evidence(of: scene, isMadeUp: true)
        evidence.now = max(evidence.now, evidence.startedAt)
        var plan = FollowPlan(evidence, deadline: dice.pick(nil, .seconds(1), .seconds(100_000)))
        var reports = [plan.report]
        for _ in 0..<dice.number(1...12) {
            guard let wake = plan.nextWake else { break }
            let now = max(wake, plan.evidence.now).addingTimeInterval(dice.pick(0, 0, 0.5, 100))
            let due = plan.takeDue(at: now)
            try require(!due.isEmpty || now >= plan.deadline, "a plan that wakes has something to ask, or ends")
            let answered = dice.oneIn(3) ? dice.some(of: due) : due
            reports.append(plan.advance(with: answered.map { look(at: $0, at: now, using: &dice) }, to: now))
            if now >= plan.deadline { try require(plan.outcome != nil, "a plan ends at its deadline") }
        }
        try require((plan.outcome == nil) == (plan.nextWake != nil), "a plan wakes until it has an outcome")
        return reports
    }

    private func look(at old: Observation, at now: Date, using dice: inout Dice) -> Observation {
        let sample = dice.sample(of: scene)
        let received = Sample(receivedAt: now, rtt: sample.rtt, result: sample.result, transport: sample.transport)
        return Observation(
            server: old.server, question: old.question, samples: [received], serial: dice.pick(nil, dice.serial()),
            vantage: old.vantage)
    }
}
