import FoundationEssentials

extension FollowPlan {
    mutating func settle(_ judgement: Judgement, absorbed: Set<Observation.Key>) {
        if judgement.side.expected != evidence.memory.expected { confirming = nil }
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
