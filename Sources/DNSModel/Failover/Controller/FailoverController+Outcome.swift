import FoundationEssentials

extension FailoverController {
    /// Takes in how a provider call ended.
    mutating func conclude(_ number: ChangeNumber, _ outcome: PublishOutcome, at now: Date) {
        guard var unseen = memory.unseen, unseen.plan.number == number else { return }
        state.lastReply = FailoverState.LastReply(plan: unseen.plan, outcome: outcome, at: now)
        unseen.outcome = .accepted
        unseen.at = now
        memory.unseen = unseen
    }

    /// Takes in how far a change has spread.
    mutating func note(_ spread: Spread, of number: ChangeNumber) {
        guard memory.following?.number == number else { return }
        actions.append(.note(.settled(number, spread)))
    }
}
