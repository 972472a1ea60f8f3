import FoundationEssentials

/// Follows a change until it has converged: what has been seen so far, whom to ask when, and when to end. It holds no
/// clock and asks nobody, so that a run can be replayed from its observations and times.
///
/// The owner asks what `takeDue` gives, hands every outcome (silence too) to `advance`, and sleeps until `nextWake`,
/// until there is an `outcome`.
package struct FollowPlan: Sendable {
    /// When a server is asked next.
    private struct Turn: Sendable {
        var due: Date?
        var isInFlight = false
        var backoff: Backoff
        var verdict: Verdict?
    }

    /// Everything known now, with the latest look at each server.
    package private(set) var evidence: GatheredEvidence
    package private(set) var report: PropagationReport
    /// Set when the run is over: OK, or what it was at the deadline.
    package private(set) var outcome: Status?
    private let fixedDeadline: Duration?
    private var turns: [Observation.Key: Turn] = [:]
    /// The looks that have still to confirm that all is well; nil until all is.
    private var confirming: Set<Observation.Key>?
    private var largestTTL = TTL(0)
    private var expected: Expectation?

    /// Starts from evidence whose servers may not have been asked yet. Without a deadline the run lasts for 10 minutes,
    /// or twice the largest TTL seen when that is longer.
    package init(_ evidence: GatheredEvidence, deadline: Duration? = nil) {
        self.evidence = evidence
        fixedDeadline = deadline
        let judgement = Judgement(of: evidence)
        report = PropagationReport(judgement)
        notice(evidence.authoritative + evidence.resolvers)
        settle(judgement, absorbed: Set((evidence.authoritative + evidence.resolvers).map(\.key)))
    }

    package var deadline: Date {
        let least = max(600, 2 * Double(largestTTL.seconds))
        return evidence.startedAt.addingTimeInterval(fixedDeadline.map(\.seconds) ?? least)
    }

    /// When something is due that is not being asked already; nil when the run is over.
    package var nextWake: Date? {
        guard outcome == nil else { return nil }
        return turns.values.lazy.filter { !$0.isInFlight }.compactMap(\.due).reduce(deadline, min)
    }

    /// The servers to ask now. Each counts as being asked until `advance` gets its observation.
    package mutating func takeDue(at now: Date) -> [Observation] {
        guard outcome == nil else { return [] }
        return (evidence.authoritative + evidence.resolvers).filter { observation in
            guard let turn = turns[observation.key], !turn.isInFlight, let due = turn.due, due <= now
            else { return false }
            turns[observation.key]?.isInFlight = true
            return true
        }
    }

    /// Takes what servers said since the last call and returns the report as of now.
    @discardableResult
    package mutating func advance(with observations: [Observation] = [], to now: Date) -> PropagationReport {
        guard outcome == nil else { return report }
        evidence.now = now
        notice(observations)
        observations.forEach { merge($0) }
        let judgement = Judgement(of: evidence)
        report = PropagationReport(judgement)
        settle(judgement, absorbed: Set(observations.map(\.key)))
        if outcome == nil, now >= deadline { end() }
        return report
    }

    /// Takes a whole new view of the evidence: what it has that is new, its chain and zones, and its time. Servers that
    /// are not part of it any more are forgotten.
    @discardableResult
    package mutating func advance(to gathered: GatheredEvidence) -> PropagationReport {
        let known = Dictionary(
            (evidence.authoritative + evidence.resolvers).map { ($0.key, $0.samples.last?.receivedAt) },
            uniquingKeysWith: { first, _ in first })
        let current = gathered.authoritative + gathered.resolvers
        let keys = Set(current.map(\.key))
        evidence.authoritative.removeAll { !keys.contains($0.key) }
        evidence.resolvers.removeAll { !keys.contains($0.key) }
        turns = turns.filter { keys.contains($0.key) }
        confirming = confirming?.intersection(keys)
        evidence.zones = gathered.zones
        evidence.chain = gathered.chain
        evidence.findings = gathered.findings
        evidence.walkAnswered = gathered.walkAnswered
        evidence.skippedFamilies = gathered.skippedFamilies
        let new = current.filter { known[$0.key] != .some($0.samples.last?.receivedAt) }
        return advance(with: new, to: gathered.now)
    }

    private mutating func end() {
        evidence.memory.isDeadlineOver = true
        report = PropagationReport(of: evidence)
        outcome = report.status
    }
}

// What a look leaves behind.
extension FollowPlan {
    private mutating func notice(_ observations: [Observation]) {
        for observation in observations {
            for response in observation.samples.compactMap(\.response) {
                guard let answer = Answer(response, to: observation.question) else { continue }
                largestTTL =
                    ([largestTTL, answer.ttl ?? largestTTL] + answer.chain.links.map(\.ttl)).max() ?? largestTTL
            }
        }
    }

    private mutating func merge(_ new: Observation) {
        turns[new.key]?.isInFlight = false
        switch new.server.side {
        case .authoritative:
            noticeReplacement(by: new)
            Self.merge(new, into: &evidence.authoritative)
        case .resolver: Self.merge(new, into: &evidence.resolvers)
        }
    }

    private static func merge(_ new: Observation, into observations: inout [Observation]) {
        guard let index = observations.firstIndex(where: { $0.key == new.key }) else {
            observations.append(new)
            return
        }
        var new = new
        let old = observations[index]
        new.earlier = old.samples.last
        if new.identity.text == nil { new.identity = old.identity }
        if new.secureIdentity.text == nil { new.secureIdentity = old.secureIdentity }
        new.serial = new.serial ?? old.serial
        observations[index] = new
    }

    /// What an address served until now and serves no more was right before.
    private mutating func noticeReplacement(by new: Observation) {
        guard
            let old = evidence.authoritative.first(where: { $0.key == new.key }).flatMap(AuthoritativeSide.Served.init),
            let now = AuthoritativeSide.Served(new), old.answer.isFinal, old.answer.values != now.answer.values
        else { return }
        let replaced = PreviousRRset(old.answer.values, ttl: old.answer.ttl)
        if !evidence.memory.replaced.contains(replaced) { evidence.memory.replaced.append(replaced) }
        for key in turns.keys where key.server.side == .authoritative { turns[key]?.backoff.reset() }
    }
}

// What follows from it.
extension FollowPlan {
    private mutating func settle(_ judgement: Judgement, absorbed: Set<Observation.Key>) {
        if judgement.side.expected != expected {
            expected = judgement.side.expected
            confirming = nil
            evidence.memory.forgetPromises()
        }
        evidence.memory.remember(judgement)
        for judged in judgement.authoritative { schedule(authoritative: judged, isNew: absorbed) }
        for judged in judgement.resolvers { schedule(resolver: judged, gate: judgement.gate, isNew: absorbed) }
        confirm(judgement, absorbed: absorbed)
    }

    private mutating func schedule(authoritative judged: JudgedObservation, isNew: Set<Observation.Key>) {
        let key = judged.observation.key
        var turn = turns[key] ?? Turn(backoff: .authoritative)
        if judged.observation.notAsked != nil {
            turn.due = nil
        } else if judged.observation.isPending {
            turn.due = evidence.now
        } else if isNew.contains(key) {
            turn.due = evidence.now.addingTimeInterval(turn.backoff.step())
        }
        turns[key] = turn
    }

    private mutating func schedule(resolver judged: JudgedObservation, gate: Gate, isNew: Set<Observation.Key>) {
        let key = judged.observation.key
        var turn = turns[key] ?? Turn(backoff: .resolver)
        if turn.verdict != judged.verdict {
            turn.backoff.reset()
            turn.due = nil
        }
        turn.verdict = judged.verdict
        if judged.observation.notAsked != nil {
            turn.due = nil
        } else if judged.verdict == .converged {
            if isNew.contains(key) || !(confirming?.contains(key) ?? false) { turn.due = nil }
        } else if judged.observation.isPending {
            turn.due = evidence.now
        } else if isNew.contains(key) || turn.due == nil {
            turn.due =
                judged.nextExpiry.map { max($0, evidence.now) }
                ?? evidence.now.addingTimeInterval(turn.backoff.step())
        }
        turns[key] = turn
    }

    /// Once all is well, each operator that counts is asked once more, since another of its caches may answer.
    private mutating func confirm(_ judgement: Judgement, absorbed: Set<Observation.Key>) {
        guard report.status == .ok, report.pending == 0 else {
            confirming = nil
            return
        }
        if let left = confirming?.subtracting(absorbed) {
            confirming = left
        } else {
            let looks = judgement.countedOperators.compactMap { found in
                found.observations.first { $0.verdict == .converged }?.observation.key
            }
            confirming = Set(looks)
            looks.forEach { turns[$0]?.due = evidence.now }
        }
        if confirming?.isEmpty ?? false { outcome = .ok }
    }
}

extension JudgedObservation {
    /// A second after the first of the caches that were met drops what it should not hold.
    fileprivate var nextExpiry: Date? {
        samples.lazy.filter(\.verdict.isTransient).compactMap(\.expiry).min()?.addingTimeInterval(1)
    }
}

extension Duration {
    package var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
