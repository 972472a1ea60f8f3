import FoundationEssentials

/// All that a controller knows besides its memory: enough for a status page.
package struct FailoverState: Hashable, Sendable {
    package internal(set) var startedAt: Date?
    /// The start is over: the authority was seen, and health is known, or was waited for long enough.
    package internal(set) var isSettled = false
    package internal(set) var indicators: [ServerName: Indicator] = [:]
    package internal(set) var canaries: [ServerName: Indicator] = [:]
    package internal(set) var authority = Authority()
    /// What is selected, why, and where every server stands. Nil before the first event.
    package internal(set) var selection: Selection?
    /// A change that is wanted and not made, and why not. Nil when the record is as it should be.
    package internal(set) var pending: Pending?
    package internal(set) var lastReply: LastReply?
    package internal(set) var setback: Setback?
    /// When `tick` is wanted.
    package internal(set) var nextWake: Date?
    /// What the selection was made by; nil when it must be made anew.
    var situation: Situation?
    /// Since when each usable server has been usable.
    var usableSince: [ServerName: Date] = [:]
    /// Why the change that is followed has not arrived.
    var stuck: String?
    /// What regular looks have found wrong.
    package internal(set) var drift: String?
    /// The servers that the history has as selected.
    var noted: [ServerName]?
    /// What to go back to when the provider call that is under way changes nothing.
    var attempt: Attempt?
    /// Foreign values have been looked for since the start.
    var hasRecognised = false
    /// Somebody watches the change that the memory has as followed.
    var isFollowing = false

    /// What is known of the authority.
    package struct Authority: Hashable, Sendable {
        /// Its last answer, and when that came.
        package internal(set) var view: AuthorityView?
        package internal(set) var at: Date?
        /// The last answer of each type in which somebody said something.
        package internal(set) var served: [RecordType: AuthorityView.Served] = [:]
        /// When the look was asked for that gave the last answer.
        var askedAt: Date?
        /// When a look was asked for that has not been answered.
        var lookSince: Date?
        /// Whether foreign values have been looked for in what is known now.
        var isJudged = false
        /// Something calls for a look before the next regular one.
        var isLookWanted = false
        /// What the service itself said it had when it refused a change, until the authority shows another answer.
        package internal(set) var found: [RecordType: Set<RecordData>] = [:]
        /// Values that are neither old nor wanted nor ours, and since when.
        package internal(set) var foreign: Foreign?
    }

    struct Attempt: Hashable, Sendable {
        let unseen: UnseenChange?
        let hasBypassed: Bool
        let isUrgent: Bool
    }

    package struct Foreign: Hashable, Sendable {
        package let values: [RecordType: Set<RecordData>]
        package internal(set) var since: Date
    }

    package struct Pending: Hashable, Sendable {
        package let changes: [RRsetChange]
        package let selected: [ServerName]
        package let reason: String
        package let hold: Hold
    }

    package struct LastReply: Hashable, Sendable {
        package let plan: ChangePlan
        package let outcome: PublishOutcome
        package internal(set) var at: Date
    }

    /// Why the provider is not called again at once.
    package struct Setback: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable {
            case temporary, permanent, conflict, vetoed
        }

        package let kind: Kind
        package let text: String
        /// What was to be published.
        package let changes: [RRsetChange]
        /// Failures in a row, this one included.
        package let attempts: Int
        package internal(set) var since: Date
        /// Nil: until the configuration or the selection changes, or somebody pushes.
        package let wait: Duration?

        package var until: Date? { wait.map { since.addingTimeInterval($0.seconds) } }
    }
}

/// Why a change that is wanted is not made now.
package struct Hold: Hashable, Sendable {
    package enum Cause: String, Hashable, Sendable {
        /// The authority was not seen yet, or must be looked at again first.
        case looking
        /// Health is not known yet after the start.
        case starting
        /// A change is under way.
        case underWay
        case frozen
        case foreign
        /// The same was sent before and was not seen to arrive.
        case sentBefore
        case setback
        case minInterval
        case maxChanges
        /// The way back is delayed, or waits for an order.
        case failback
    }

    package let cause: Cause
    /// For people.
    package let text: String
    /// Nil: time alone does not end it.
    package let until: Date?

    package init(_ cause: Cause, _ text: String, until: Date? = nil) {
        self.cause = cause
        self.text = text
        self.until = until
    }
}
