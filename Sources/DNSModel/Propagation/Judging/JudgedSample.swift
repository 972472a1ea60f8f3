import FoundationEssentials

/// One exchange, judged.
package struct JudgedSample: Sendable {
    package let sample: Sample
    package let verdict: Verdict
    /// Whether `stale` rests on the TTL alone, no previous value being known.
    package let isPresumed: Bool
    /// What was answered, if that can be told.
    package let answer: Answer?
    /// How long the cache keeps what is not as it should be; for a right answer, how long it keeps that. Nil when the
    /// answer does not tell.
    package let ttl: TTL?

    package init(
        _ sample: Sample, _ verdict: Verdict, isPresumed: Bool = false, answer: Answer? = nil, ttl: TTL? = nil
    ) {
        self.sample = sample
        self.verdict = verdict
        self.isPresumed = isPresumed
        self.answer = answer
        self.ttl = ttl
    }

    /// When the cache drops what it holds.
    package var expiry: Date? {
        ttl.map { sample.receivedAt.addingTimeInterval(Double($0.seconds)) }
    }
}

/// What one server address said, judged.
package struct JudgedObservation: Sendable {
    package let observation: Observation
    package let samples: [JudgedSample]
    package let verdict: Verdict

    package init(_ observation: Observation, samples: [JudgedSample]) {
        self.observation = observation
        self.samples = samples
        let verdicts = samples.map(\.verdict)
        switch observation.server.side {
        case .resolver: verdict = Verdict(of: verdicts)
        case .authoritative: verdict = Verdict(worstAnswerOf: verdicts)
        }
    }

    package var server: ObservedServer { observation.server }

    /// The sample that shows best why the verdict is what it is.
    package var decisive: JudgedSample? { samples.decisive }
}

extension Verdict {
    /// The verdict on several samples: `converged` when every usable one is, `mixed` when some are, else the worst.
    package init(of samples: [Verdict]) {
        let counted = samples.filter(\.isCounted)
        let relevant = counted.isEmpty ? samples : counted
        let worst = relevant.max { $1.isWorse(than: $0) } ?? .notAsked
        self = worst != .converged && relevant.contains(.converged) ? .mixed : worst
    }

    /// The worst of what was answered: an authoritative address has to be right each time, but may lose a packet.
    package init(worstAnswerOf samples: [Verdict]) {
        let answered = samples.filter { $0 != .timeout }
        self = (answered.isEmpty ? samples : answered).max { $1.isWorse(than: $0) } ?? .notAsked
    }
}

extension Collection<JudgedSample> {
    /// Among those that count the worst, and of equally bad ones that which lasts longest.
    package var decisive: JudgedSample? {
        let counted = filter(\.verdict.isCounted)
        let relevant = counted.isEmpty ? Array(self) : counted
        return relevant.max { a, b in
            if a.verdict != b.verdict { return b.verdict.isWorse(than: a.verdict) }
            return (a.expiry ?? .distantPast) < (b.expiry ?? .distantPast)
        }
    }
}
