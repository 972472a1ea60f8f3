import FoundationEssentials

/// How a scheme is now, judged: all that a status page, a monitoring plugin or the API shows. As JSON it is the schema
/// `dnsconverge.scheme/1`, from which keys without a value are left out.
package struct SchemeStatus: Hashable, Sendable, Codable {
    package static let schemaName = "dnsconverge.scheme/1"

    package var schema = Self.schemaName
    package var name: String
    package var record: String
    package var types: [String]
    package var ttl: UInt32?
    package var alias: String?
    /// The kind of its provider: `rfc2136`.
    package var provider: String?
    /// Where its settings stand, and with that who may change them.
    package var source: Source?
    package var at: Date
    package var status: Status
    package var exitCode: Int32
    /// The headline without the name: `echo is published; charlie is down: HTTP 503`.
    package var summary: String
    /// Why the status is what it is, worst first; empty when it is OK.
    package var reasons: [Reason]
    package var servers: [ServerLine]
    package var selected: [String]
    package var selectedBecause: String?
    /// What the authoritative servers have, by type.
    package var published: [String: Published]
    /// What the record should be, by type: what `check --scheme` expects.
    package var expected: [String: [String]]
    /// A change that is wanted and not made, and why not.
    package var pending: Pending?
    package var orders: [OrderLine]
    package var lastChange: LastChange?
    package var alerts: [AlertLine]
    /// The change that is followed, as far as it has come.
    package var following: Following?
    /// When all servers and resolvers were last looked at; nil before the first look.
    package var lookedAt: Date?

    enum CodingKeys: String, CodingKey {
        case schema, name, record, types, ttl, alias, provider, source, at, status
        case exitCode = "exit_code"
        case summary, reasons, servers, selected
        case selectedBecause = "selected_because"
        case published, expected, pending, orders
        case lastChange = "last_change"
        case alerts, following
        case lookedAt = "looked_at"
    }

    package enum Source: String, Hashable, Sendable, Codable {
        /// The configuration file, which alone changes them.
        case file
        /// The store: somebody added the scheme while the daemon ran.
        case store
    }

    package struct Reason: Hashable, Sendable, Codable {
        package var status: Status
        package var text: String
    }

    package struct ServerLine: Hashable, Sendable, Codable {
        package var name: String
        package var addresses: [String]
        package var priority: Int
        package var health: Health
        /// Why it is in maintenance, if it is.
        package var maintenance: String?
        package var isSelected: Bool
        package var isPublished: Bool
        package var reason: String
        /// By what its health is told: `http`, `okerr`.
        package var check: String?
        /// Since when its health is what it is.
        package var since: Date?
        /// What the last check said, and when.
        package var lastCheck: String?
        package var lastCheckAt: Date?
        package var latencyMS: Int?

        enum CodingKeys: String, CodingKey {
            case name, addresses, priority, health, maintenance
            case isSelected = "selected"
            case isPublished = "published"
            case reason, check, since
            case lastCheck = "last_check"
            case lastCheckAt = "last_check_at"
            case latencyMS = "latency_ms"
        }
    }

    package struct Published: Hashable, Sendable, Codable {
        package enum State: String, Hashable, Sendable, Codable {
            case agreed, mixed, unknown
        }

        package var state: State
        package var values: [String]
    }

    package struct Pending: Hashable, Sendable, Codable {
        package var reason: String
        package var hold: String
        package var cause: String
        package var until: Date?
    }

    package struct OrderLine: Hashable, Sendable, Codable {
        package var kind: String
        package var server: String?
        package var health: Health?
        package var who: String
        package var why: String
        package var since: Date
        package var until: Date?
    }

    package struct LastChange: Hashable, Sendable, Codable {
        package var number: Int64
        package var at: Date
        package var reason: String
        package var values: [String: [String]]
        /// The provider's last words, verbatim.
        package var replies: [String]
        package var taken: Bool
    }

    package struct AlertLine: Hashable, Sendable, Codable {
        package var severity: Alert.Severity
        package var code: String
        package var text: String
        package var since: Date
    }

    package struct Following: Hashable, Sendable, Codable {
        package var change: Int64
        package var operatorsConverged: Int
        package var operatorsCounted: Int
        package var etaBy: Date?
        package var etaReason: String?

        enum CodingKeys: String, CodingKey {
            case change
            case operatorsConverged = "operators_converged"
            case operatorsCounted = "operators_counted"
            case etaBy = "eta_by"
            case etaReason = "eta_reason"
        }
    }
}
