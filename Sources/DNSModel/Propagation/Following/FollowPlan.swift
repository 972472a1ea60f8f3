import FoundationEssentials

/// Follows a change until it has converged: what has been seen so far, whom to ask when, and when to end. It holds no
/// clock and asks nobody, so that a run can be replayed from its observations and times.
///
/// The owner asks what `takeDue` gives, hands every outcome (silence too) to `advance`, and sleeps until `nextWake`,
/// until there is an `outcome`.
package struct FollowPlan: Sendable {
    /// When a server is asked next.
    struct Turn: Sendable {
        var due: Date?
        var isInFlight = false
        var backoff: Backoff
        var verdict: Verdict?
    }

    /// Everything known now, with the latest look at each server.
    package internal(set) var evidence: GatheredEvidence
    package internal(set) var report: PropagationReport
    /// Set when the run is over: OK, or what it was at the deadline.
    package internal(set) var outcome: Status?
    private let fixedDeadline: Duration?
    var turns: [Observation.Key: Turn] = [:]
    /// The looks that have still to confirm that all is well; nil until all is.
    var confirming: Set<Observation.Key>?
    var largestTTL = TTL(0)

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
