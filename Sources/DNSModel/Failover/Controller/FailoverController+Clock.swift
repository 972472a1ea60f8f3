import FoundationEssentials

extension FailoverController {
    /// A clock that was set back makes nothing wait for the time that it came from.
    mutating func turnBackTheClock(to now: Date) {
        state.startedAt?.limit(to: now)
        state.authority.at?.limit(to: now)
        state.authority.askedAt?.limit(to: now)
        state.authority.lookSince?.limit(to: now)
        state.authority.foreign?.since.limit(to: now)
        state.setback?.since.limit(to: now)
        state.lastReply?.at.limit(to: now)
        for name in state.usableSince.keys { state.usableSince[name]?.limit(to: now) }
        memory.unseen?.at.limit(to: now)
        memory.countsFrom?.limit(to: now)
        for index in memory.changes.indices { memory.changes[index].at.limit(to: now) }
        for index in memory.alerts.indices { memory.alerts[index].since.limit(to: now) }
    }

    /// Asks for the next `tick`, when the wish is a new one.
    mutating func wake(after now: Date) {
        guard let next = dueDates.filter({ $0 > now }).min() else { return }
        if next == state.nextWake { return }
        state.nextWake = next
        actions.append(.wake(next))
    }

    private var dueDates: [Date] {
        var dates = [nextLook, memory.orders.nextExpiry, state.selection?.nextChange, state.setback?.until]
        dates.append(state.pending?.hold.until)
        dates += state.indicators.values.map(\.nextChange)
        dates += state.canaries.values.map(\.nextChange)
        dates += state.indicators.values.filter { $0.health == .unknown }.map {
            $0.since.map { $0 + timing.unknownLimit }
        }
        dates.append(state.startedAt.map { $0 + timing.startGrace })
        dates.append(state.startedAt.map { $0 + timing.unknownLimit })
        dates.append(
            memory.unseen.map { $0.at + ($0.outcome == .inFlight ? timing.publishLimit : traits.settleTime) })
        return dates.compactMap { $0 }
    }
}

extension Date {
    static func + (date: Date, wait: Duration) -> Date { date.addingTimeInterval(wait.seconds) }
    static func - (date: Date, wait: Duration) -> Date { date.addingTimeInterval(-wait.seconds) }
}
