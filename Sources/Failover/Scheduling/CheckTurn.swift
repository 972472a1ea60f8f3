import DNSModel

/// A check that was made, as it is measured.
package struct CheckTurn: Sendable {
    package let kind: String
    package let health: Health
    package let duration: Duration
    /// How late it began.
    package let lateness: Duration

    package init(kind: String, health: Health, duration: Duration, lateness: Duration) {
        self.kind = kind
        self.health = health
        self.duration = duration
        self.lateness = lateness
    }
}
