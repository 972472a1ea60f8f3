import FoundationEssentials

/// When the last cache that was seen has dropped what it should not hold, and why then.
package struct ETA: Sendable, Hashable {
    package let bound: PropagationReport.Bound
    /// Nil when nothing bounds it.
    package let date: Date?
    /// `Quad9 still has 192.0.2.1 for 252 s`.
    package let reason: String

    /// Nil when there is nothing to wait for, and while the authoritative side is not done: until then any cache may
    /// fetch the old RRset again and keep it for a whole TTL.
    package init?(_ resolvers: [JudgedObservation], side: AuthoritativeSide, gate: Gate, assumption: String?, now: Date)
    {
        let waits = resolvers.flatMap { observation in
            observation.samples.compactMap { Wait($0, at: observation, side: side) }
        }
        guard gate == .open, !waits.isEmpty else { return nil }
        let unbounded = waits.first { $0.end == nil }
        let last = waits.max { ($0.end ?? .distantPast) < ($1.end ?? .distantPast) }
        date = last?.end
        if date == nil {
            bound = .unknown
        } else if unbounded != nil || waits.contains(where: { !$0.isReliable }) {
            bound = .atLeast
        } else {
            bound = .by
        }
        let loose = waits.first { !$0.isReliable && $0.end != nil && $0.name != last?.name }
        let clauses = [
            last?.clause(now: now), date == nil ? nil : unbounded?.clause(now: now),
            loose.map { "\($0.name) may keep it for longer" },
            assumption,
        ]
        reason = clauses.compactMap { $0 }.joined(separator: "; ")
    }

    /// Whole seconds from `now`, rounded up; nil when nothing bounds it.
    package func seconds(from now: Date) -> Int? {
        date.map { max(0, Int($0.timeIntervalSince(now).rounded(.up))) }
    }
}
