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
    /// The server's certificate is not the one that was asked for, or not trusted; nothing was sent.
    case certificate(CertificateProblem, String)
    case tls(String)
    /// No whole response in time; `sent` when the request, or a part of it, had gone out before.
    case timeout(sent: Bool)
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
        case .certificate(_, let reason): "certificate refused: \(reason)"
        case .tls(let reason): "TLS failed: \(reason)"
        case .timeout: "no answer in time"
        case .tooLarge(let limit): "the response is larger than \(limit) octets"
        case .cancelled: "cancelled"
        }
    }

    /// Whether the server may have acted on the request, though no response says so. When false it never had it.
    package var mayHaveBeenReceived: Bool {
        switch self {
        case .timeout(let sent): sent
        case .tooLarge, .interrupted, .cancelled: true
        case .libraryMissing, .badRequest, .unresolved, .noRoute, .unreachable, .certificate, .tls: false
        }
    }
}

/// What is wrong with a server's certificate.
package enum CertificateProblem: Hashable, Sendable {
    case expired
    case notYetValid
    /// It is for other names than the one that was asked for.
    case wrongName
    /// Nobody whom we trust has signed it.
    case untrusted
    case other
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
