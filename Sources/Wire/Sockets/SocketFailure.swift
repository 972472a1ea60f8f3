import DNSModel
import Glibc

/// Why a socket could not be connected, or carries no more.
enum SocketFailure: Error, Hashable, Sendable {
    case timedOut
    case cancelled
    /// The peer has ended the connection.
    case closed
    /// The system refused; the error's number.
    case system(Int32)

    /// Whether the network said that nobody takes what is sent there, so that nothing has arrived.
    var isRefusal: Bool {
        switch self {
        case .system(ECONNREFUSED), .system(EHOSTUNREACH), .system(ENETUNREACH): true
        default: false
        }
    }

    /// What it means for a message to a server at an address of `family`.
    func queryFailure(_ family: IPAddress.Family) -> QueryFailure {
        switch self {
        case .timedOut, .system(ETIMEDOUT): .timeout
        case .cancelled: .cancelled
        case .closed: .transport("the server closed the connection without an answer")
        case .system(let number): QueryFailure(sending: number, family)
        }
    }
}
