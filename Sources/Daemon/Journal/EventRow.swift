import DNSModel
import Failover
import FoundationEssentials
import GRDB

/// A record of the history.
struct EventRow: Codable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "event"

    var id: Int64?
    var at: Double
    var scheme: String?
    var kind: String
    var change: Int64?
    var body: String

    /// Nil for what is no part of the history.
    init?(_ record: JournalRecord) throws {
        guard let kind = record.event.kind else { return nil }
        at = record.at.timeIntervalSince1970
        scheme = record.scheme?.text
        self.kind = kind.rawValue
        change = record.event.change?.value
        body = try FailoverJSON.text(of: record.event)
    }

    /// What a later version has written, and this one cannot read, is shown as it stands.
    var record: JournalRecord {
        let event = try? FailoverJSON.value(JournalEvent.self, from: body)
        return JournalRecord(
            at: Date(timeIntervalSince1970: at), scheme: scheme.map { SchemeName($0) },
            event ?? .act(who: "another version", what: body))
    }
}
