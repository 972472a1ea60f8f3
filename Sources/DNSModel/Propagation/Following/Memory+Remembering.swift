import FoundationEssentials

extension GatheredEvidence.Memory {
    /// Keeps what a later look has to know of this one.
    package mutating func remember(_ judgement: Judgement) {
        if judgement.side.expected != expected {
            expected = judgement.side.expected
            forgetPromises()
        }
        for judged in judgement.authoritative {
            let since = laggingSince[judged.observation.key] ?? judgement.evidence.now
            laggingSince[judged.observation.key] = judged.verdict == .lagging ? since : nil
        }
        guard judgement.gate == .open else {
            gateOpenedAt = nil
            promises = [:]
            return
        }
        gateOpenedAt = gateOpenedAt ?? judgement.evidence.now
        for judged in judgement.resolvers {
            rememberPresumption(judged)
            rememberPromise(judged, side: judgement.side)
        }
    }

    /// What was promised and presumed of another expected answer holds no longer.
    private mutating func forgetPromises() {
        promises = [:]
        presumedSince = [:]
        gateOpenedAt = nil
    }

    private mutating func rememberPresumption(_ judged: JudgedObservation) {
        let key = judged.observation.key
        if let first = judged.samples.first(where: \.isPresumed) {
            presumedSince[key] = presumedSince[key] ?? first.sample.receivedAt
        } else if !judged.samples.contains(where: { $0.verdict == .wrong }) {
            presumedSince[key] = nil
        }
    }

    /// The first bound counts, if everything that was seen keeps to TTLs; a later one would never be missed.
    private mutating func rememberPromise(_ judged: JudgedObservation, side: AuthoritativeSide) {
        let key = judged.observation.key
        let waits = judged.samples.compactMap { Wait($0, at: judged, side: side) }
        guard !waits.isEmpty else {
            promises[key] = nil
            return
        }
        guard promises[key] == nil, waits.allSatisfy(\.isReliable) else { return }
        let ends = waits.compactMap(\.end)
        if ends.count == waits.count { promises[key] = ends.max() }
    }
}
