import DNSModel
import FoundationEssentials
import Glibc

/// Why a probe found a server wanting, or could not tell.
package enum ProbeFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The server's system answered that nobody listens there.
    case refused
    case timeout
    /// A router, or the server's system, said that it cannot be reached.
    case unreachable(String)
    /// The connection ended before what was expected had come.
    case closed
    /// Something else came than was expected: its beginning.
    case unexpected([UInt8])
    /// The certificate was refused; when it expires, where that could be read.
    case certificate(CertificateProblem, String, expiry: Date?)
    case tls(String)
    /// This machine has no route to addresses of that family.
    case noRoute(IPAddress.Family)
    /// This machine does not let us probe; the text says how it would.
    case notPermitted(String)
    /// This machine lacks something, such as descriptors.
    case unavailable(String)
    case cancelled

    /// Whether it tells something about the server. If not, its health is unknown.
    package var isVerdict: Bool {
        switch self {
        case .refused, .timeout, .unreachable, .closed, .unexpected, .certificate, .tls: true
        case .noRoute, .notPermitted, .unavailable, .cancelled: false
        }
    }

    package var description: String {
        switch self {
        case .refused: "connection refused"
        case .timeout: "no answer in time"
        case .unreachable(let reason), .notPermitted(let reason), .unavailable(let reason): reason
        case .closed: "the connection was closed before the expected answer"
        case .unexpected(let octets):
            "unexpected answer: \(PrintableText(String(decoding: octets.prefix(80), as: UTF8.self), asciiOnly: true).text)"
        case .certificate(_, let reason, _): "certificate refused: \(reason)"
        case .tls(let reason): "TLS failed: \(reason)"
        case .noRoute(let family): "no \(family.rawValue) route from this machine"
        case .cancelled: "cancelled"
        }
    }
}

extension ProbeFailure {
    init(_ failure: SocketFailure, _ family: IPAddress.Family) {
        switch failure {
        case .timedOut, .system(ETIMEDOUT): self = .timeout
        case .cancelled: self = .cancelled
        case .closed, .system(ECONNRESET), .system(EPIPE): self = .closed
        case .system(ECONNREFUSED): self = .refused
        case .system(let number): self.init(system: number, family)
        }
    }

    private init(system number: Int32, _ family: IPAddress.Family) {
        switch number {
        case ENETUNREACH, EAFNOSUPPORT: self = .noRoute(family)
        case EADDRNOTAVAIL where family == .ipv6: self = .noRoute(family)
        case EHOSTUNREACH, EHOSTDOWN, ENETDOWN, EPROTO: self = .unreachable(systemMessage(number))
        default: self = .unavailable("cannot probe from this machine: \(systemMessage(number))")
        }
    }

    init(_ failure: TransferFailure, _ family: IPAddress.Family) {
        switch failure {
        case .timeout: self = .timeout
        case .cancelled: self = .cancelled
        case .noRoute: self = .noRoute(family)
        case .unreachable("connection refused"): self = .refused
        case .unreachable(let reason): self = .unreachable(reason)
        case .certificate(let problem, let reason): self = .certificate(problem, reason, expiry: nil)
        case .tls(let reason), .interrupted(let reason): self = .tls(reason)
        case .libraryMissing, .badRequest, .unresolved, .tooLarge: self = .unavailable(failure.description)
        }
    }
}
