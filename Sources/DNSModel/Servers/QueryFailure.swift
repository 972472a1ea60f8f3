/// Why a server gave no usable answer. It is data: a report shows it.
package enum QueryFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing usable arrived within the tries and the deadline.
    case timeout
    /// The network said at once that the server or its port cannot be reached.
    case unreachable(String)
    /// No route to this family of addresses from this machine.
    case noRoute(IPAddress.Family)
    /// The UDP answer was truncated and TCP failed.
    case truncated(String)
    /// Connection, TLS or HTTP failed before an answer arrived.
    case transport(String)
    /// An answer arrived that is no well-formed DNS message.
    case malformed(String)
    case cancelled

    package var description: String {
        switch self {
        case .timeout: "no answer"
        case .unreachable(let reason): reason
        case .noRoute(let family): "no \(family.rawValue) route"
        case .truncated(let reason): "truncated over UDP, and TCP failed: \(reason)"
        case .transport(let reason): reason
        case .malformed(let reason): "malformed answer: \(reason)"
        case .cancelled: "cancelled"
        }
    }
}
