import FoundationEssentials

/// What a selection goes by, besides the scheme.
package struct Situation: Hashable, Sendable {
    /// How one server is.
    package struct Condition: Hashable, Sendable {
        /// What its checks say, or what it is pretended to be.
        package var health: Health
        package var reason: String
        /// Why it is in maintenance, and by whose order; nil when it is not.
        package var maintenance: String?
        /// Since when it might have been chosen without interruption.
        package var usableSince: Date?

        package init(
            _ health: Health = .unknown, _ reason: String = "not checked yet", maintenance: String? = nil,
            usableSince: Date? = nil
        ) {
            self.health = health
            self.reason = reason
            self.maintenance = maintenance
            self.usableSince = usableSince
        }
    }

    /// Servers that are left out are unknown.
    package var conditions: [ServerName: Condition]
    package var canaries: [ServerName: Health] = [:]
    package var pin: StandingOrders.Pin?
    /// What the record has now; a type that is left out is not known.
    package var published: [RecordType: Set<RecordData>]
    /// Whether the service can take an RRset away.
    package var canWithdraw = true
    /// Somebody has asked to go back to the best server.
    package var goesBack = false
    package var now: Date

    package init(
        conditions: [ServerName: Condition], published: [RecordType: Set<RecordData>], now: Date
    ) {
        self.conditions = conditions
        self.published = published
        self.now = now
    }
}
