import FoundationEssentials

extension FailoverController {
    /// Why a proposal has to wait; nil when it may be made now.
    func hold(_ proposal: Proposal, at now: Date) -> Hold? {
        underWay(proposal, now) ?? forbidden(proposal, now) ?? sentBefore(proposal, now) ?? setBack(proposal, now)
            ?? interval(proposal, now) ?? tooMany(proposal, now) ?? outdated(proposal, now)
    }

    private func underWay(_ proposal: Proposal, _ now: Date) -> Hold? {
        if let type = proposal.changes.map(\.type).first(where: { state.authority.served[$0] == nil }) {
            return Hold(.looking, "what the authoritative servers have as \(type) is not known yet")
        }
        guard let unseen = memory.unseen else { return nil }
        if unseen.outcome == .inFlight {
            return Hold(.underWay, "the provider is being called for change \(unseen.plan.number)")
        }
        let settled = unseen.at + traits.settleTime
        guard settled > now, !proposal.isPush else { return nil }
        return Hold(.underWay, "the authoritative servers do not show change \(unseen.plan.number) yet", until: settled)
    }

    private func forbidden(_ proposal: Proposal, _ now: Date) -> Hold? {
        if let freeze = memory.orders.freeze {
            return Hold(.frozen, "frozen by \(freeze.who): \(freeze.why)", until: freeze.until)
        }
        if !proposal.isOurs { return Hold(.foreign, foreignText) }
        guard !proposal.isOrdered, let selection = state.selection, isStarting(selection, at: now) else { return nil }
        return Hold(
            .starting, "the health of better servers is not known yet",
            until: state.startedAt.map { $0 + timing.startGrace })
    }

    /// The same is sent again once at most, when a look after the settle time has not found it and nobody knows whether it
    /// was taken; after that, or where the service has said that it took it, only after a long pause.
    private func sentBefore(_ proposal: Proposal, _ now: Date) -> Hold? {
        guard let unseen = memory.unseen, !proposal.isPush, proposal.isSame(as: unseen.plan.changes) else { return nil }
        let settled = unseen.at + traits.settleTime
        let isSilent = isSilent(proposal.changes)
        if isSilent || state.authority.askedAt.map({ $0 < settled }) ?? true {
            return Hold(.looking, "nobody knows whether change \(unseen.plan.number) was taken: the DNS has to tell")
        }
        // 15 minutes, then 30 and so on: some services call repeated changes that change nothing abuse.
        let pause = unseen.at + timing.repeatPause * (1 << min(unseen.repeats, 6))
        guard unseen.outcome == .accepted || unseen.repeats > 0, pause > now else { return nil }
        return Hold(.sentBefore, lateText(unseen), until: pause)
    }

    private func setBack(_ proposal: Proposal, _ now: Date) -> Hold? {
        guard let setback = state.setback else { return nil }
        let isSame = proposal.isSame(as: setback.changes)
        switch setback.kind {
        case .permanent, .vetoed: guard isSame else { return nil }
        case .temporary, .conflict: break
        }
        if let until = setback.until, until <= now { return nil }
        return Hold(.setback, setback.text, until: setback.until)
    }

    private func interval(_ proposal: Proposal, _ now: Date) -> Hold? {
        guard let last = memory.changes.last else { return nil }
        var wait = traits.minInterval ?? .zero
        let mayBypass = proposal.isUrgent && !memory.hasBypassed
        if !proposal.isOrdered, !mayBypass { wait = max(wait, scheme.policy.minInterval) }
        let until = last.at + wait
        guard until > now else { return nil }
        return Hold(.minInterval, "the last change was less than \(wait.text) ago", until: until)
    }

    /// The last change of the hour is kept for leaving a server that is down.
    private func tooMany(_ proposal: Proposal, _ now: Date) -> Hold? {
        guard !proposal.isOrdered else { return nil }
        let most = max(1, scheme.policy.maxChanges)
        let allowed = proposal.isUrgent ? most : max(1, most - 1)
        let counted = countedChanges(at: now)
        guard counted.count >= allowed else { return nil }
        return Hold(
            .maxChanges,
            "\(counted.count == 1 ? "1 change" : "\(counted.count) changes") in the last hour, and the policy allows \(most)",
            until: counted[counted.count - allowed].at + Self.hour)
    }

    /// Whether no more changes may be made for now than leaving a server that is down.
    func isNearLimit(at now: Date) -> Bool {
        countedChanges(at: now).count >= max(1, scheme.policy.maxChanges - 1)
    }

    private func countedChanges(at now: Date) -> [RecentChange] {
        let start = max(now - Self.hour, memory.countsFrom ?? .distantPast)
        return memory.changes.filter { $0.at > start }
    }

    private func outdated(_ proposal: Proposal, _ now: Date) -> Hold? {
        guard let asked = state.authority.askedAt, asked + timing.lookInterval * 2 > now else {
            return Hold(.looking, "the last look at the authoritative servers is too old to decide by")
        }
        return nil
    }

    /// Nobody answered the last look at one of the types.
    func isSilent(_ changes: [RRsetChange]) -> Bool {
        changes.contains { state.authority.view?.served[$0.type] == .unknown }
    }

    /// What somebody else has set.
    var foreignText: String {
        let values = (state.authority.foreign?.values ?? [:]).sorted { $0.key.rawValue < $1.key.rawValue }
        let texts = values.map { type, values in
            values.isEmpty ? "has no \(type)" : "\(type) is \(values.sorted().map(\.text).joined(separator: ", "))"
        }
        return
            "\(scheme.record.name) \(texts.joined(separator: " and ")), which somebody else has set; push to set it back"
    }

    func lateText(_ unseen: UnseenChange) -> String {
        let state = unseen.outcome == .accepted ? "was taken" : "was sent, nobody knows whether it was taken,"
        return
            "change \(unseen.plan.number) \(state) but the authoritative servers do not show it; push to send it again"
    }
}
