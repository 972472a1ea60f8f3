import FoundationEssentials

/// What a check found, judged: all that any output shows. As JSON it is the schema `dnsconverge.report/1`, from which
/// keys without a value are left out.
package struct PropagationReport: Sendable, Hashable, Codable {
    package static let schemaName = "dnsconverge.report/1"

    package var schema = Self.schemaName
    package var name: String
    package var type: String
    package var started: Date
    package var elapsedMS: Int
    /// Nothing is OK while an answer is awaited: until then it is UNKNOWN, without any reason.
    package var status: Status
    package var exitCode: Int32
    /// The headline without the name: `12/14 operators, 2 stale (4m12s)`.
    package var summary: String
    /// Why the status is what it is, worst first; empty when it is OK.
    package var reasons: [Reason]
    /// Nil when nothing was given and no authoritative server told.
    package var expected: Expected?
    /// The previous RRsets that answers were compared with; an empty one means that there was no record.
    package var previous: [[String]]
    package var gate: Gate
    package var convergence: Convergence
    package var chain: [Link]
    /// The zone of the name that was asked for.
    package var zone: ZoneSummary?
    /// The zones of the aliases' targets, where they are others.
    package var targetZones: [ZoneSummary]
    package var observations: [ObservedAnswer]
    /// One line for each operator, in the order in which they were asked.
    package var operators: [OperatorLine]
    /// How many operators have each verdict, by the verdict's name; those without are left out.
    package var counts: [String: Int]
    /// How many server addresses have not answered yet and may still.
    package var pending: Int
    package var findings: [Finding]

    enum CodingKeys: String, CodingKey {
        case schema, name, type, started
        case elapsedMS = "elapsed_ms"
        case status
        case exitCode = "exit_code"
        case summary, reasons, expected, previous, gate, convergence, chain, zone
        case targetZones = "target_zones"
        case observations, operators, counts, pending, findings
    }
}

extension PropagationReport {
    /// What stands for the reason of a row that is not asked when its first answer is still awaited.
    package static let awaited = "no answer yet"

    /// When it was judged.
    package var ended: Date { started.addingTimeInterval(Double(elapsedMS) / 1000) }

    package struct Reason: Sendable, Hashable, Codable {
        package var status: Status
        /// One clause: `a resolver is wrong: Quad9 (9.9.9.10)`.
        package var text: String

        package init(_ status: Status, _ text: String) {
            self.status = status
            self.text = text
        }
    }

    package struct Expected: Sendable, Hashable, Codable {
        /// Empty when the name or type must not exist.
        package var values: [String]
        package var source: Expectation.Source
        package var match: MatchMode
        /// Whether the name or type must not exist.
        package var absent: Bool
    }

    /// Whether resolvers may be asked.
    package struct Gate: Sendable, Hashable, Codable {
        package enum State: String, Sendable, Hashable, Codable {
            case open
            case held
            /// It would be held, but resolvers are asked anyway.
            case lifted
        }

        package var state: State
        /// `ns2 lags`; nil when open.
        package var reason: String?
    }

    package struct Link: Sendable, Hashable, Codable {
        package var owner: String
        package var type: String
        package var target: String
        package var ttl: UInt32
    }

    package struct ZoneSummary: Sendable, Hashable, Codable {
        package struct Nameserver: Sendable, Hashable, Codable {
            package var name: String
            package var addresses: [String]
        }

        package var apex: String
        package var parent: String?
        package var source: Zone.Source
        package var nameservers: [Nameserver]
        /// The serial at each address that told one.
        package var serials: [String: UInt32]
        /// How far the oldest serial lies behind the newest (RFC 1982); nil with fewer than two.
        package var serialSkew: UInt32?

        enum CodingKeys: String, CodingKey {
            case apex, parent, source, nameservers, serials
            case serialSkew = "serial_skew"
        }
    }
}
