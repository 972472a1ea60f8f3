import FoundationEssentials

extension StatusRules {
    var transientReasons: [PropagationReport.Reason] {
        let options = judgement.evidence.options
        guard options.warning == nil, options.critical == nil else { return rangeReasons }
        let waiting = judgement.operators.filter(\.verdict.isTransient)
        guard !waiting.isEmpty else { return [] }
        let late = waiting.filter { $0.observations.contains(where: judgement.isPastPromise) }
        let verdicts: [Verdict] = [.negative, .stale, .mixed]
        let counts = verdicts.compactMap { verdict in
            let count = waiting.count { $0.verdict == verdict }
            return count == 0 ? nil : "\(count) \(verdict.word)"
        }
        let warning = PropagationReport.Reason(.warning, counts.joined(separator: ", "))
        return late.isEmpty ? [warning] : [.init(.critical, "past the ETA: \(Self.list(late.map(\.name)))"), warning]
    }

    private var rangeReasons: [PropagationReport.Reason] {
        guard let percent = judgement.percentConverged else { return [] }
        let options = judgement.evidence.options
        let text = "\(judgement.convergedOperators) of \(judgement.countedOperators.count) operators converged"
        if options.critical?.alerts(for: percent) ?? false { return [.init(.critical, text)] }
        if options.warning?.alerts(for: percent) ?? false { return [.init(.warning, text)] }
        return []
    }
}

extension Judgement {
    /// Whether a cache still holds what it was promised to have dropped. A cache not met before, which fetched it while
    /// it was still published, is outside the promise.
    package func isPastPromise(_ observation: JudgedObservation) -> Bool {
        guard let promise = evidence.memory.promises[observation.observation.key] else { return false }
        return observation.samples.contains { judged in
            guard judged.verdict.isTransient, judged.sample.receivedAt >= promise else { return false }
            guard let expiry = judged.expiry, let opened = evidence.memory.gateOpenedAt, let answer = judged.answer,
                let limit = side.ttlLimit(at: answer.firstDifference(from: side.chain), for: answer.values)
            else { return true }
            return expiry > opened.addingTimeInterval(Double(limit.seconds) + CacheClusters.tolerance)
        }
    }
}
