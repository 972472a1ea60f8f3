import DNSModel
import FoundationEssentials

/// A change as the API tells it, `dnsconverge.change/1`: what was to be, what the provider said, and how it arrived.
package struct ChangeSummary: Hashable, Sendable, Codable {
    package static let schemaName = "dnsconverge.change/1"

    package struct RRset: Hashable, Sendable, Codable {
        package var name: String
        package var type: String
        /// Nil: what was there before is not known.
        package var old: [String]?
        package var new: [String]
    }

    package struct Arrival: Hashable, Sendable, Codable {
        package var authoritativeSeconds: Double?
        package var t50Seconds: Double?
        package var t90Seconds: Double?
        package var t100Seconds: Double?
        package var operatorsConverged: Int
        package var operatorsCounted: Int
        package var isComplete: Bool
        package var curve: [Point]

        enum CodingKeys: String, CodingKey {
            case authoritativeSeconds = "authoritative_seconds"
            case t50Seconds = "t50_seconds"
            case t90Seconds = "t90_seconds"
            case t100Seconds = "t100_seconds"
            case operatorsConverged = "operators_converged"
            case operatorsCounted = "operators_counted"
            case isComplete = "complete"
            case curve
        }
    }

    /// From then on, that part of the operators had the change.
    package struct Point: Hashable, Sendable, Codable {
        package var seconds: Double
        package var percent: Double
    }

    package var schema = Self.schemaName
    package var number: Int64
    package var scheme: String
    package var decidedAt: Date
    package var reason: String
    package var selected: [String]
    package var rrsets: [RRset]
    /// In one line; nil while nobody knows.
    package var outcome: String?
    package var outcomeAt: Date?
    /// The provider's words, verbatim.
    package var replies: [String]
    package var readBack: String?
    package var spread: String?
    package var spreadAt: Date?
    package var convergence: Arrival

    enum CodingKeys: String, CodingKey {
        case schema, number, scheme
        case decidedAt = "decided_at"
        case reason, selected, rrsets, outcome
        case outcomeAt = "outcome_at"
        case replies
        case readBack = "read_back"
        case spread
        case spreadAt = "spread_at"
        case convergence
    }
}

extension ChangeSummary {
    package init(_ record: ChangeRecord) {
        let plan = record.plan
        self.init(
            number: plan.number.value, scheme: plan.scheme.text, decidedAt: plan.decidedAt, reason: plan.reason,
            selected: plan.selected.map(\.text), rrsets: plan.changes.map(RRset.init),
            outcome: record.dropped.map { "not pursued: \($0)" } ?? record.outcome?.summary,
            outcomeAt: record.outcomeAt, replies: record.outcome?.replies ?? [], readBack: record.readBack,
            spread: record.spread?.summary, spreadAt: record.spreadAt, convergence: Arrival(record.convergence))
    }
}

extension ChangeSummary.RRset {
    fileprivate init(_ change: RRsetChange) {
        self.init(
            name: change.name.description, type: change.type.description, old: change.old?.texts,
            new: change.new.texts)
    }
}

extension ChangeSummary.Arrival {
    fileprivate init(_ convergence: Convergence) {
        self.init(
            authoritativeSeconds: convergence.authoritative?.seconds, t50Seconds: convergence.t50?.seconds,
            t90Seconds: convergence.t90?.seconds, t100Seconds: convergence.t100?.seconds,
            operatorsConverged: convergence.arrivals.count, operatorsCounted: convergence.counted,
            isComplete: convergence.isComplete,
            curve: convergence.curve.map {
                ChangeSummary.Point(seconds: $0.time.seconds, percent: ($0.percent * 10).rounded() / 10)
            })
    }
}

/// The changes of `GET /api/v1/schemes/NAME/changes`, the latest first.
package struct ChangePage: Hashable, Sendable, Codable {
    package var changes: [ChangeSummary]

    package init(_ changes: [ChangeRecord]) {
        self.changes = changes.map(ChangeSummary.init)
    }
}
