import DNSModel

/// A check that was made, as it is measured.
package struct CheckTurn: Sendable {
    package let kind: String
    package let health: Health
    package let duration: Duration
    /// How late it began.
    package let lateness: Duration
}
