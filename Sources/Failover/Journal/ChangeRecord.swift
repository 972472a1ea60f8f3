import DNSModel
import FoundationEssentials

/// A change and what became of it.
package struct ChangeRecord: Hashable, Sendable {
    package let plan: ChangePlan
    package private(set) var outcome: PublishOutcome?
    package private(set) var outcomeAt: Date?
    /// What the provider had by its own interface afterwards.
    package private(set) var readBack: String?
    /// Why it was not pursued.
    package private(set) var dropped: String?
    package private(set) var spread: Spread?
    package private(set) var spreadAt: Date?
    package private(set) var convergence: Convergence

    package init(
        plan: ChangePlan, outcome: PublishOutcome? = nil, outcomeAt: Date? = nil, readBack: String? = nil,
        dropped: String? = nil, spread: Spread? = nil, spreadAt: Date? = nil, convergence: Convergence = Convergence()
    ) {
        self.plan = plan
        self.outcome = outcome
        self.outcomeAt = outcomeAt
        self.readBack = readBack
        self.dropped = dropped
        self.spread = spread
        self.spreadAt = spreadAt
        self.convergence = convergence
    }

    /// Nobody knows yet whether the provider took it. Only of the last change of a scheme does that matter.
    package var isOpen: Bool {
        guard dropped == nil, spread == nil else { return false }
        return outcome?.isUncertain ?? true
    }

    /// The provider said something.
    package var isAnswered: Bool { !(outcome?.replies.isEmpty ?? true) }

    /// Takes in an event, unless it is about something else.
    package mutating func take(_ event: JournalEvent, at date: Date) {
        guard event.change == plan.number else { return }
        switch event {
        case .intent:
            // The same change is tried again: whatever came of the first attempt says nothing about the second.
            (outcome, outcomeAt, dropped) = (nil, nil, nil)
        case .outcome(_, let outcome): (self.outcome, outcomeAt) = (outcome, date)
        case .dropped(_, let why): dropped = why
        case .readBack(_, let text): readBack = text
        case .spread(_, let spread), .note(.settled(_, let spread)): (self.spread, spreadAt) = (spread, date)
        case .convergence(_, let convergence): self.convergence = convergence
        case .memory, .observation, .note, .alert, .schemeStored, .schemeRemoved, .act: break
        }
    }
}

extension JournalEvent {
    /// The change that it is about.
    package var change: ChangeNumber? {
        switch self {
        case .intent(let plan): plan.number
        case .outcome(let number, _), .dropped(let number, _), .readBack(let number, _), .spread(let number, _),
            .convergence(let number, _), .note(.settled(let number, _)):
            number
        case .observation(_, let number): number
        case .memory, .note, .alert, .schemeStored, .schemeRemoved, .act: nil
        }
    }
}

extension PublishOutcome {
    /// Whether some part of the change may have been taken without anybody knowing.
    package var isUncertain: Bool {
        guard case .answered(let outcomes) = self else { return false }
        return outcomes.contains { if case .failure(.uncertain) = $0 { true } else { false } }
    }
}
