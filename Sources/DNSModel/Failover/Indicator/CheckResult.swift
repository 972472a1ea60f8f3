import FoundationEssentials

/// What one check said. Thresholds are not its business: they are the indicator's.
package struct CheckResult: Hashable, Sendable, Codable {
    package var health: Health
    /// One line for people, without secrets: `HTTP 503 after 12 ms`.
    package var reason: String
    package var latency: Duration?
    /// What a plugin printed behind its bar.
    package var performanceData: String?
    /// The source says that the server is in maintenance, as okerr does.
    package var isMaintenance: Bool
    /// The result counts until then; afterwards the health is unknown. Nil: until the next one.
    package var validUntil: Date?

    package init(
        _ health: Health, _ reason: String, latency: Duration? = nil, performanceData: String? = nil,
        isMaintenance: Bool = false, validUntil: Date? = nil
    ) {
        self.health = health
        self.reason = reason
        self.latency = latency
        self.performanceData = performanceData
        self.isMaintenance = isMaintenance
        self.validUntil = validUntil
    }
}
