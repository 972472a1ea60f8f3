/// The state of a check as monitoring systems know it, with their exit codes. Ordered from best to worst.
package enum Status: String, Sendable, Hashable, Codable, CaseIterable {
    case ok = "OK"
    case warning = "WARNING"
    case unknown = "UNKNOWN"
    case critical = "CRITICAL"

    package var exitCode: Int32 {
        switch self {
        case .ok: 0
        case .warning: 1
        case .critical: 2
        case .unknown: 3
        }
    }
}

extension Status: Comparable {
    /// OK < WARNING < UNKNOWN < CRITICAL: what could not be measured does not hide what is broken.
    package static func < (a: Status, b: Status) -> Bool { a.severity < b.severity }

    private var severity: Int {
        switch self {
        case .ok: 0
        case .warning: 1
        case .unknown: 2
        case .critical: 3
        }
    }
}
