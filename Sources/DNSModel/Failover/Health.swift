/// How a server is. `unknown`: nobody could judge, which is a reason neither to leave a server nor to choose one.
package enum Health: String, Hashable, Sendable, CaseIterable, Codable {
    case ok, warn, fail, unknown

    /// The larger the worse; `unknown` has no place in that order and must not be compared.
    var severity: Int {
        switch self {
        case .ok, .unknown: 0
        case .warn: 1
        case .fail: 2
        }
    }

    /// As a sentence says it of a server: `charlie is down`.
    package var adjective: String {
        switch self {
        case .ok: "healthy"
        case .warn: "in trouble"
        case .fail: "down"
        case .unknown: "not known"
        }
    }
}
