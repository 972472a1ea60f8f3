import FoundationEssentials

extension FailoverController {
    /// Opens the alerts whose reasons have come up, each one once, and closes those that are over.
    mutating func reconcileAlerts(at now: Date) {
        let reasons = alertReasons(at: now)
        for reason in reasons {
            if let index = memory.alerts.firstIndex(where: { $0.alert.code == reason.code }) {
                memory.alerts[index].alert = reason
            } else {
                memory.alerts.append(OpenAlert(alert: reason, since: now))
                actions.append(.alert(reason))
            }
        }
        // Soon after a start nothing is known, which ends no alert.
        guard state.isSettled else { return }
        let over = memory.alerts.filter { open in !reasons.contains { $0.code == open.alert.code } }
        memory.alerts.removeAll(where: over.contains)
        for open in over {
            let length = Duration.seconds(min(max(0, now.timeIntervalSince(open.since)), 1e9)).text
            actions.append(
                .alert(Alert(.notice, .recovered, "over after \(length): \(open.alert.text)", ended: open.alert.code)))
        }
    }

    private func alertReasons(at now: Date) -> [Alert] {
        [
            allDown, canariesDown, activeUnknown(at: now), foreignChange, providerTrouble, tooManyChanges(at: now),
            stuck(at: now), drift,
        ].compactMap { $0 }
    }

    private var allDown: Alert? {
        guard state.isSettled, let selection = state.selection, selection.isAllDown else { return nil }
        return Alert(.critical, .allDown, "\(selection.reason)")
    }

    private var canariesDown: Alert? {
        guard let selection = state.selection, selection.areCanariesDown else { return nil }
        return Alert(
            .critical, .canariesDown,
            "every server and every canary is down, so our own network is at fault; nothing is changed")
    }

    /// A published server that nobody could judge for three intervals.
    private func activeUnknown(at now: Date) -> Alert? {
        guard let selection = state.selection, !selection.areCanariesDown else { return nil }
        let standing = selection.standings.first { standing in
            guard standing.isPublished, standing.health == .unknown else { return false }
            let indicator = state.indicators[standing.server]
            if let indicator, indicator.unknownsInARow >= 3 { return true }
            return (indicator?.since ?? state.startedAt).map { $0 + timing.unknownLimit <= now } ?? false
        }
        return standing.map {
            Alert(
                .warning, .activeUnknown,
                "the health of \($0.server), which is published, is not known: \($0.reason)")
        }
    }

    private var foreignChange: Alert? {
        state.authority.foreign == nil
            ? nil : Alert(.warning, .foreignChange, foreignText)
    }

    private var providerTrouble: Alert? {
        guard let setback = state.setback else { return nil }
        let text = setback.text
        switch setback.kind {
        case .permanent: return Alert(.critical, .providerRefused, text)
        case .conflict: return Alert(.warning, .conflict, text)
        case .vetoed: return Alert(.warning, .vetoed, text)
        case .temporary: return setback.attempts < 3 ? nil : Alert(.critical, .providerFailing, text)
        }
    }

    private func tooManyChanges(at now: Date) -> Alert? {
        if let freeze = memory.orders.freeze, freeze.who == Self.ownName {
            return Alert(.critical, .tooManyChanges, "frozen: \(freeze.why)")
        }
        if let hold = state.pending?.hold, hold.cause == .maxChanges {
            return Alert(.warning, .tooManyChanges, "\(hold.text)")
        }
        // A server that flaps ends it neither with each failure nor with each recovery.
        let open = memory.alerts.first { $0.alert.code == .tooManyChanges }?.alert
        return isNearLimit(at: now) ? open : nil
    }

    private var drift: Alert? {
        state.drift.map { Alert(.critical, .drift, "scheme \(scheme.name): \($0)") }
    }

    /// Whether a change that is still wanted has not been seen when it should have been.
    private func isOverdue(_ unseen: UnseenChange, at now: Date) -> Bool {
        guard unseen.outcome != .inFlight, unseen.at + traits.settleTime <= now else { return false }
        let isSilent = isSilent(unseen.plan.changes) && state.authority.askedAt ?? now >= unseen.at + traits.settleTime
        return state.pending?.hold.cause == .sentBefore || isSilent
    }

    private func stuck(at now: Date) -> Alert? {
        if let unseen = memory.unseen, isOverdue(unseen, at: now) {
            return Alert(.critical, .stuck, "\(lateText(unseen))")
        }
        return state.stuck.map { Alert(.warning, .stuck, "\($0)") }
    }
}
