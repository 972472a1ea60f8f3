import DNSModel
import FoundationEssentials

/// One thing that happened, for people and for the API.
package struct HistoryEntry: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case change, outcome, read, spread, convergence, observation, health, order, decision, alert, scheme, act
    }

    package var at: Date
    package var scheme: String?
    package var kind: Kind
    package var server: String?
    package var change: Int64?
    package var who: String?
    package var text: String
    /// What the provider said, verbatim.
    package var replies: [String]
}

extension JournalEvent {
    /// What it is in the history; nil when it is no part of it.
    package var kind: HistoryEntry.Kind? {
        switch self {
        case .memory: nil
        case .intent: .change
        case .outcome, .dropped: .outcome
        case .readBack: .read
        case .spread, .note(.settled): .spread
        case .convergence(_, let convergence): convergence.isComplete ? .convergence : nil
        case .observation: .observation
        case .note(.health): .health
        case .note(.maintenance), .note(.order), .note(.expired): .order
        case .note(.selected): .decision
        case .alert: .alert
        case .schemeStored, .schemeRemoved: .scheme
        case .act: .act
        }
    }
}
