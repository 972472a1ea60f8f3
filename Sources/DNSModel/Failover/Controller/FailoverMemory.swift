import FoundationEssentials

/// What of a scheme must outlive the program, however it ends.
///
/// It is kept whenever it differs after an event, before that event's actions are performed, and handed to the controller
/// of the next start. Health is not part of it: that is found out anew.
package struct FailoverMemory: Hashable, Sendable, Codable {
    package internal(set) var orders = StandingOrders()
    /// What the authority had when it was last as it should be: only to tell a foreign change, never instead of a look.
    package internal(set) var familiar: [RecordType: Set<RecordData>] = [:]
    /// A change that was sent, or is about to be, and that the authority was not seen to have.
    package internal(set) var unseen: UnseenChange?
    /// A change that the authority has and that has not arrived everywhere.
    package internal(set) var following: ChangePlan?
    /// Those of the last hour and the last one of all, the oldest first.
    package internal(set) var changes: [RecentChange] = []
    /// The last change made use of leaving a failed server without waiting.
    package internal(set) var hasBypassed = false
    /// Changes count against the hour's number from then on: somebody has lifted a freeze.
    package internal(set) var countsFrom: Date?
    package internal(set) var alerts: [OpenAlert] = []
    /// Who has ordered a push, or the way back, that is not done.
    package internal(set) var push: String?
    package internal(set) var failBack: String?

    package init() {}
}

/// A change that nobody has seen arrive at the authority.
package struct UnseenChange: Hashable, Sendable, Codable {
    package enum Outcome: String, Hashable, Sendable, Codable {
        /// The provider is being called.
        case inFlight
        case accepted
        /// Nobody knows.
        case uncertain
    }

    package internal(set) var plan: ChangePlan
    package internal(set) var outcome: Outcome
    /// When the provider was called or, once that is known, when it answered.
    package internal(set) var at: Date
    /// How often the same was sent before.
    package internal(set) var repeats: Int
}

/// A change that counts against the policy's limits.
package struct RecentChange: Hashable, Sendable, Codable {
    package let plan: ChangePlan
    package internal(set) var at: Date
}

package struct OpenAlert: Hashable, Sendable, Codable {
    package internal(set) var alert: Alert
    package internal(set) var since: Date
}
