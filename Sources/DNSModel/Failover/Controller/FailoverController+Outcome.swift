import FoundationEssentials

extension FailoverController {
    /// Takes in how a provider call ended. A call that was given up is concluded late.
    mutating func conclude(_ number: ChangeNumber, _ outcome: PublishOutcome, at now: Date) {
        guard let unseen = memory.unseen, unseen.plan.number == number else { return }
        state.lastReply = FailoverState.LastReply(plan: unseen.plan, outcome: outcome, at: now)
        state.authority.isLookWanted = true
        state.authority.isJudged = false
        switch outcome {
        case .vetoed(let why):
            undo(unseen)
            state.setback = FailoverState.Setback(
                kind: .vetoed, text: "a hook forbade the change: \(why)", changes: unseen.plan.changes,
                attempts: attempts(.vetoed), since: now, wait: timing.vetoPause)
        case .answered(let outcomes): conclude(unseen, Array(zip(unseen.plan.changes, outcomes)), at: now)
        }
        state.attempt = nil
    }

    private mutating func conclude(
        _ unseen: UnseenChange, _ answers: [(change: RRsetChange, outcome: ProviderOutcome)], at now: Date
    ) {
        let taken = answers.filter { $0.outcome.isTaken(as: $0.change.new) }.map(\.change)
        let doubtful = answers.filter(\.outcome.isUncertain).map(\.change)
        let sent = unseen.plan.changes.filter { taken.contains($0) || doubtful.contains($0) }
        if sent.isEmpty {
            undo(unseen)
        } else {
            memory.unseen = UnseenChange(
                plan: unseen.plan.limited(to: sent), outcome: doubtful.isEmpty ? .accepted : .uncertain, at: now,
                repeats: unseen.repeats)
            memory.following = nil
            state.stuck = nil
            if let index = memory.changes.lastIndex(where: { $0.plan.number == unseen.plan.number }) {
                memory.changes[index].at = now
            }
        }
        for change in taken { state.authority.found[change.type] = nil }
        meet(answers.filter { !taken.contains($0.change) && !doubtful.contains($0.change) }, of: unseen.plan, at: now)
    }

    /// Nothing was changed: all is as it was before the call.
    private mutating func undo(_ unseen: UnseenChange) {
        memory.unseen = state.attempt?.unseen
        memory.hasBypassed = state.attempt?.hasBypassed ?? memory.hasBypassed
        memory.changes.removeAll { $0.plan.number == unseen.plan.number }
    }

    /// Draws the conclusion from what the service refused, the worst first.
    private mutating func meet(
        _ refusals: [(change: RRsetChange, outcome: ProviderOutcome)], of plan: ChangePlan, at now: Date
    ) {
        for (change, outcome) in refusals {
            if case .failure(.conflict(_, let found?, _)) = outcome { state.authority.found[change.type] = found }
        }
        let errors = refusals.compactMap { refusal -> ProviderError? in
            if case .failure(let error) = refusal.outcome { error } else { nil }
        }
        guard let worst = errors.max(by: { $0.gravity < $1.gravity }) else {
            state.setback = nil
            return
        }
        state.setback = setback(after: worst, of: plan, at: now)
    }

    private func setback(after error: ProviderError, of plan: ChangePlan, at now: Date) -> FailoverState.Setback {
        let kind: FailoverState.Setback.Kind
        let text: String
        var least = Duration.zero
        switch error {
        case .permanent(let message, _): (kind, text) = (.permanent, message)
        case .conflict(let message, _, _): (kind, text) = (.conflict, message)
        case .temporary(let message, _, let retryAfter):
            (kind, text) = (.temporary, message)
            least = retryAfter ?? .zero
        case .uncertain(let message): (kind, text) = (.temporary, message)
        }
        let attempts = attempts(kind)
        return FailoverState.Setback(
            kind: kind, text: text, changes: plan.changes, attempts: attempts, since: now,
            wait: kind == .permanent ? nil : max(least, backoff(attempts, plan.number)))
    }

    private func attempts(_ kind: FailoverState.Setback.Kind) -> Int {
        state.setback.map { $0.kind == kind ? $0.attempts + 1 : 1 } ?? 1
    }

    /// Twice as long each time, up to a limit, and shorter while a server that is down is published.
    private func backoff(_ attempts: Int, _ number: ChangeNumber) -> Duration {
        let range = state.attempt?.isUrgent ?? false ? timing.urgentRetry : timing.calmRetry
        let doubled = range.lowerBound.seconds * Double(1 << min(attempts - 1, 20))
        return .seconds(min(doubled, range.upperBound.seconds) * jitter(number.value))
    }

    /// Takes in how far a change has spread.
    mutating func note(_ spread: Spread, of number: ChangeNumber) {
        guard memory.following?.number == number else { return }
        actions.append(.note(.settled(number, spread)))
        switch spread {
        case .authoritative: break
        case .converged:
            memory.following = nil
            state.stuck = nil
        case .stuck(let why): state.stuck = "change \(number): \(why)"
        }
    }
}

extension ProviderOutcome {
    /// The service has the value now: a conflict with the wanted value itself is none.
    fileprivate func isTaken(as new: Set<RecordData>) -> Bool {
        switch self {
        case .success: true
        case .failure(.conflict(_, let found, _)): found == new
        case .failure: false
        }
    }

    fileprivate var isUncertain: Bool {
        if case .failure(.uncertain) = self { true } else { false }
    }
}

extension ProviderError {
    /// The larger the worse.
    fileprivate var gravity: Int {
        switch self {
        case .uncertain: 0
        case .temporary: 1
        case .conflict: 2
        case .permanent: 3
        }
    }
}

extension ChangePlan {
    fileprivate func limited(to changes: [RRsetChange]) -> ChangePlan {
        ChangePlan(
            number: number, scheme: scheme, changes: changes, selected: selected, reason: reason, decidedAt: decidedAt)
    }
}
