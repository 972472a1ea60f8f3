import FoundationEssentials

/// Who wants something that overrides health, since when, why and until when.
package struct Order: Hashable, Sendable, Codable {
    /// `root@host`, `api:alice`, `file`.
    package let who: String
    package let why: String
    package let since: Date
    /// Nil: until it is taken back.
    package let until: Date?

    package init(who: String, why: String, since: Date, until: Date? = nil) {
        self.who = who
        self.why = why
        self.since = since
        self.until = until
    }

    package func isOver(at now: Date) -> Bool { until.map { $0 <= now } ?? false }
}
