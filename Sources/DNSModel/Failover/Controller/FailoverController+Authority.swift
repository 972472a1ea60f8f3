import FoundationEssentials

extension FailoverController {
    /// Takes the authority's answer in.
    mutating func look(at view: AuthorityView, _ now: Date) {
        state.authority.askedAt = state.authority.lookSince ?? now
        state.authority.lookSince = nil
        state.authority.view = view
        state.authority.at = now
        for (type, served) in view.served where served != .unknown {
            if state.authority.served[type] != served { state.authority.found[type] = nil }
            state.authority.served[type] = served
        }
    }

    /// Asks for a look when one is due.
    mutating func lookWhenDue(_ now: Date) {
        if let since = state.authority.lookSince, now < since + timing.lookTimeout { return }
        guard state.authority.at.map({ $0 + timing.lookInterval <= now }) ?? true else { return }
        state.authority.lookSince = now
        actions.append(.look)
    }
}

extension Date {
    static func + (date: Date, wait: Duration) -> Date { date.addingTimeInterval(wait.seconds) }
}
