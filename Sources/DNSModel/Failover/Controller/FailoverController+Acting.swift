import FoundationEssentials

extension FailoverController {
    /// Publishes what is to be changed, or says why that has to wait.
    mutating func act(at now: Date, _ number: ChangeNumber) {
        let proposals = proposals()
        if let free = proposals.first(where: { hold($0, at: now) == nil }) { return publish(free, at: now, number) }
        guard let proposal = proposals.first, let hold = hold(proposal, at: now) else { return rest(at: now) }
        state.pending = FailoverState.Pending(
            changes: proposal.changes, selected: proposal.selected, reason: proposal.reason, hold: hold)
        switch hold.cause {
        case .looking: state.authority.isLookWanted = shouldLookSoon(at: now)
        default: break
        }
        for proposal in proposals where proposal.isUrgent {
            if let hold = self.hold(proposal, at: now), hold.cause == .maxChanges { return freeze(hold.text, at: now) }
        }
    }

    /// Whether a look asked for now tells more than the last one, without asking in a tight loop.
    private func shouldLookSoon(at now: Date) -> Bool {
        guard let asked = state.authority.askedAt else { return true }
        return asked.timeIntervalSince(now) < -1
    }

    /// The record is as it should be.
    private mutating func rest(at now: Date) {
        state.pending = nil
        guard types.allSatisfy({ state.authority.served[$0] != nil }) else { return }
        memory.push = nil
        // What is wanted no more, and was never seen, is not waited for without end.
        if let unseen = memory.unseen, unseen.outcome != .inFlight, unseen.at + timing.repeatPause <= now {
            memory.unseen = nil
        }
        let choices = state.selection?.choices ?? []
        let postponed = choices.compactMap(\.postponed).first
        if postponed == nil, memory.unseen == nil { memory.failBack = nil }
        state.pending = postponed.map { postponed in
            let names = postponed.servers.map(\.text).joined(separator: ", ")
            let text = postponed.until == nil ? "waits for an order" : "is delayed"
            return FailoverState.Pending(
                changes: [], selected: postponed.servers, reason: "\(names) could be gone back to",
                hold: Hold(.failback, "the way back \(text)", until: postponed.until))
        }
        if let setback = state.setback, setback.kind != .temporary, memory.unseen == nil { state.setback = nil }
    }

    private mutating func publish(_ proposal: Proposal, at now: Date, _ number: ChangeNumber) {
        let plan = ChangePlan(
            number: number, scheme: scheme.name, changes: proposal.changes, selected: proposal.selected,
            reason: proposal.reason, decidedAt: now)
        state.attempt = FailoverState.Attempt(
            unseen: memory.unseen, hasBypassed: memory.hasBypassed, isUrgent: proposal.isUrgent)
        let before = memory.unseen.flatMap { proposal.isSame(as: $0.plan.changes) ? $0 : nil }
        if !proposal.isOrdered, let last = memory.changes.last {
            memory.hasBypassed = now < last.at + scheme.policy.minInterval
        }
        memory.unseen = UnseenChange(
            plan: plan, outcome: .inFlight, at: now, repeats: before.map { $0.repeats + 1 } ?? 0)
        memory.changes.append(RecentChange(plan: plan, at: now))
        memory.push = nil
        state.pending = FailoverState.Pending(
            changes: plan.changes, selected: plan.selected, reason: plan.reason,
            hold: Hold(.underWay, "the provider is being called for change \(number)"))
        actions.append(.publish(plan))
    }

    private mutating func freeze(_ why: String, at now: Date) {
        let order = FailoverOrder.freeze(Order(who: Self.ownName, why: why, since: now, until: now + Self.hour))
        memory.orders.take(order)
        actions.append(.note(.order(order)))
    }
}
