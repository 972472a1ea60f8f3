import FoundationEssentials

extension FailoverController {
    /// Selects anew, and notes a selection that differs.
    mutating func select(at now: Date) {
        noteUsability(at: now)
        let situation = situation(now)
        let selection = freshSelection(in: situation) ?? Selection(of: scheme, in: situation)
        state.situation = situation
        state.selection = selection
        if !state.isSettled {
            state.isSettled =
                types.allSatisfy { state.authority.served[$0] != nil } && !isStarting(selection, at: now)
        }
        guard state.isSettled, selection.servers != state.noted else { return }
        state.noted = selection.servers
        actions.append(.note(.selected(selection.servers, reason: selection.reason)))
    }

    /// The last selection, while it holds: most events change nothing that it goes by.
    private func freshSelection(in situation: Situation) -> Selection? {
        guard let selection = state.selection, selection.nextChange.map({ $0 > situation.now }) ?? true,
            var last = state.situation
        else { return nil }
        last.now = situation.now
        return last == situation ? selection : nil
    }

    func situation(_ now: Date) -> Situation {
        var situation = Situation(conditions: [:], published: [:], now: now)
        for server in scheme.servers { situation.conditions[server.name] = condition(of: server) }
        for type in types { situation.published[type] = published(type) }
        situation.canaries = state.canaries.mapValues(\.health)
        situation.pin = memory.orders.pin
        situation.canWithdraw = traits.createsAndDeletes
        situation.goesBack = memory.failBack != nil
        return situation
    }

    private func condition(of server: Scheme.Server) -> Situation.Condition {
        let indicator = indicator(server)
        var condition = Situation.Condition(
            indicator.health, indicator.reason, usableSince: state.usableSince[server.name])
        if let pretence = memory.orders.pretences[server.name] {
            condition.health = pretence.health
            condition.reason = "pretended by \(pretence.order.who): \(pretence.order.why)"
        }
        if let order = memory.orders.maintenance[server.name] {
            condition.maintenance = "by \(order.who): \(order.why)"
        } else if indicator.isInMaintenance {
            condition.maintenance = indicator.last?.result.reason ?? indicator.reason
        }
        return condition
    }

    private mutating func noteUsability(at now: Date) {
        for server in scheme.servers {
            let condition = condition(of: server)
            let isUsable = condition.health == .ok || condition.health == .warn && scheme.policy.acceptsWarn
            if !isUsable || condition.maintenance != nil {
                state.usableSince[server.name] = nil
            } else if state.usableSince[server.name] == nil {
                state.usableSince[server.name] = now
            }
        }
    }

    /// Whether, soon after the start, a server that may be better than the selected ones has no verdict yet.
    func isStarting(_ selection: Selection, at now: Date) -> Bool {
        guard let start = state.startedAt, now < start + timing.startGrace else { return false }
        let isBalancing = scheme.policy.mode != .failover
        let least = isBalancing ? nil : selection.standings.filter(\.isSelected).map(\.priority).min()
        return selection.standings.contains { standing in
            standing.health == .unknown && standing.maintenance == nil && !standing.isSelected
                && standing.priority > least ?? .min
        }
    }
}
