import DNSModel
import Failover
import FoundationEssentials
import GRDB

/// A change and what became of it, but for its arrival at the operators.
struct ChangeRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "change"
    static let databaseColumnEncodingStrategy = DatabaseColumnEncodingStrategy.convertToSnakeCase
    static let databaseColumnDecodingStrategy = DatabaseColumnDecodingStrategy.convertFromSnakeCase

    var number: Int64
    var scheme: String
    var decidedAt: Double
    var plan: String
    var outcome: String?
    var outcomeAt: Double?
    var readBack: String?
    var dropped: String?
    var spread: String?
    var spreadAt: Double?
    var authorityMilliseconds: Int?
    /// So that those that a start must know are found by an index.
    var isOpen: Bool
    var isAnswered: Bool

    init(_ record: ChangeRecord) throws {
        number = record.plan.number.value
        scheme = record.plan.scheme.text
        decidedAt = record.plan.decidedAt.timeIntervalSince1970
        plan = try FailoverJSON.text(of: record.plan)
        outcome = try record.outcome.map { try FailoverJSON.text(of: $0) }
        outcomeAt = record.outcomeAt?.timeIntervalSince1970
        readBack = record.readBack
        dropped = record.dropped
        spread = try record.spread.map { try FailoverJSON.text(of: $0) }
        spreadAt = record.spreadAt?.timeIntervalSince1970
        authorityMilliseconds = record.convergence.authoritative?.wholeMilliseconds
        isOpen = record.isOpen
        isAnswered = record.isAnswered
    }

    func record(_ arrivals: [ArrivalRow]) throws -> ChangeRecord {
        ChangeRecord(
            plan: try FailoverJSON.value(ChangePlan.self, from: plan),
            outcome: try outcome.map { try FailoverJSON.value(PublishOutcome.self, from: $0) },
            outcomeAt: outcomeAt.map { Date(timeIntervalSince1970: $0) }, readBack: readBack, dropped: dropped,
            spread: try spread.map { try FailoverJSON.value(Spread.self, from: $0) },
            spreadAt: spreadAt.map { Date(timeIntervalSince1970: $0) },
            convergence: Convergence(
                authoritative: authorityMilliseconds.map { .milliseconds($0) },
                arrivals: Dictionary(
                    arrivals.compactMap { row in row.milliseconds.map { (row.operator, .milliseconds($0)) } },
                    uniquingKeysWith: min),
                waiting: Set(arrivals.filter { $0.milliseconds == nil }.map(\.operator))))
    }
}

/// When a change had arrived at one operator.
struct ArrivalRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "arrival"

    var change: Int64
    var `operator`: String
    /// Since the provider took the change; nil: the operator could be judged and did not have it.
    var milliseconds: Int?

    static func rows(_ record: ChangeRecord) -> [ArrivalRow] {
        let number = record.plan.number.value
        return record.convergence.arrivals.map {
            ArrivalRow(change: number, operator: $0.key, milliseconds: $0.value.wholeMilliseconds)
        } + record.convergence.waiting.map { ArrivalRow(change: number, operator: $0, milliseconds: nil) }
    }
}
