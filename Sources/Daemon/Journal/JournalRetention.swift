import DNSModel
import FoundationEssentials
import GRDB

/// How much of the past a journal keeps. What a start must know is no part of the past, and is always kept.
package struct JournalRetention: Hashable, Sendable {
    package var age = Duration.seconds(400 * 86_400)
    /// Records of the history.
    package var events = 1_000_000
    /// Besides the last one of each scheme.
    package var changes = 20_000

    package init() {}
}

extension Database {
    /// Forgets up to `limit` records of the history and as many changes that are too old or too many, and says whether
    /// there may be more of them. The last change of each scheme stays.
    func forget(_ retention: JournalRetention, at now: Date, limit: Int) throws -> Bool {
        let start = now.timeIntervalSince1970 - retention.age.seconds
        let first = try Int64.fetchOne(self, sql: "SELECT max(id) FROM event").map { $0 - Int64(retention.events) }
        try execute(
            sql: "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE at < ? LIMIT ?)", arguments: [start, limit])
        var forgotten = changesCount
        try execute(
            sql: "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE id <= ? ORDER BY id LIMIT ?)",
            arguments: [first ?? 0, limit])
        forgotten = max(forgotten, changesCount)
        try execute(
            sql: """
                DELETE FROM change WHERE number IN (
                    SELECT number FROM change
                    WHERE (decided_at < ? OR number <= (
                        SELECT number FROM change ORDER BY number DESC LIMIT 1 OFFSET ?))
                    AND number NOT IN (SELECT max(number) FROM change GROUP BY scheme) LIMIT ?)
                """,
            arguments: [start, retention.changes, limit])
        return max(forgotten, changesCount) == limit
    }
}
