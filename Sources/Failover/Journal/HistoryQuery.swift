import DNSModel
import FoundationEssentials

/// Which part of the history.
package struct HistoryQuery: Hashable, Sendable {
    /// Nil: of all schemes.
    package var scheme: SchemeName?
    /// Empty: of every kind.
    package var kinds: Set<HistoryEntry.Kind>
    package var since: Date?
    /// Up to and with that time.
    package var until: Date?
    package var limit: Int

    package init(scheme: SchemeName? = nil, kinds: Set<HistoryEntry.Kind> = [], since: Date? = nil, limit: Int = 100) {
        self.scheme = scheme
        self.kinds = kinds
        self.since = since
        self.limit = limit
    }

    /// Whether the record is part of the history, and of this part.
    package func includes(_ record: JournalRecord) -> Bool {
        guard let kind = record.event.kind else { return false }
        return (scheme == nil || record.scheme == scheme) && (kinds.isEmpty || kinds.contains(kind))
            && (since.map { record.at >= $0 } ?? true) && (until.map { record.at <= $0 } ?? true)
    }
}
