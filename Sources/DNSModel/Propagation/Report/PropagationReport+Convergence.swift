import FoundationEssentials

extension PropagationReport {
    package struct Convergence: Sendable, Hashable, Codable {
        package var authoritative: Authoritative
        package var operators: Operators
        /// Nil when everything has converged, while the gate is held, and when nothing bounds the time.
        package var etaSeconds: Int?
        package var etaBy: Date?
        /// What the time means; nil when there is nothing to wait for or the gate is held.
        package var etaBound: Bound?
        /// `Quad9 still has 192.0.2.1 for 252 s`.
        package var etaReason: String?

        enum CodingKeys: String, CodingKey {
            case authoritative, operators
            case etaSeconds = "eta_seconds"
            case etaBy = "eta_by"
            case etaBound = "eta_bound"
            case etaReason = "eta_reason"
        }
    }

    package enum Bound: String, Sendable, Hashable, Codable {
        /// Every cache that was seen has dropped what it holds by then.
        case by
        /// A resolver does not keep to TTLs, so it may take longer.
        case atLeast = "at least"
        case unknown
    }
}

extension PropagationReport.Convergence {
    /// Server addresses.
    package struct Authoritative: Sendable, Hashable, Codable {
        package var converged: Int
        package var total: Int
    }

    package struct Operators: Sendable, Hashable, Codable {
        package var converged: Int
        /// Those that said something that can be judged.
        package var counted: Int
        package var total: Int
        /// Converged of counted, rounded down to a tenth, so that only all are 100; nil when none is counted.
        package var percent: Double?
    }
}
