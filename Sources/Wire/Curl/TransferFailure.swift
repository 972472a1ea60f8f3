import DNSModel

/// Why an HTTP request, or a DNS message over TLS or HTTPS, got no response.
package enum TransferFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// libcurl is missing or cannot be used; the text says what to install.
    case libraryMissing(String)
    /// The request itself cannot be sent: a malformed URL or header.
    case badRequest(String)
    case unresolved(host: String)
    /// This machine has no route to the address.
    case noRoute
    /// The network said that the server or its port cannot be reached.
    case unreachable(String)
    /// TLS was set up, but the server's certificate is not the one that was asked for, or not trusted.
    case certificate(String)
    case tls(String)
    case timeout
    /// More octets came than the caller wants to hold.
    case tooLarge(limit: Int)
    /// The connection broke before the response was complete.
    case interrupted(String)
    case cancelled

    package var description: String {
        switch self {
        case .libraryMissing(let text), .badRequest(let text), .unreachable(let text), .interrupted(let text): text
        case .unresolved(let host): "no address found for \(host)"
        case .noRoute: "no route to the server"
        case .certificate(let reason): "certificate refused: \(reason)"
        case .tls(let reason): "TLS failed: \(reason)"
        case .timeout: "no answer in time"
        case .tooLarge(let limit): "the response is larger than \(limit) octets"
        case .cancelled: "cancelled"
        }
    }
}

extension QueryFailure {
    /// What a failed exchange with a server at an address of `family` means for the query.
    init(_ failure: TransferFailure, family: IPAddress.Family) {
        self =
            switch failure {
            case .timeout: .timeout
            case .cancelled: .cancelled
            case .noRoute: .noRoute(family)
            case .unreachable(let reason): .unreachable(reason)
            default: .transport(failure.description)
            }
    }
}
