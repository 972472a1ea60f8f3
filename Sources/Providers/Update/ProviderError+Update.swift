import DNSModel
import Wire

extension ProviderError {
    /// What a failed update means.
    init(_ failure: UpdateFailure, server: Endpoint) {
        let message = "the primary \(server): \(failure)"
        switch failure {
        case .badRequest(let text): self = .permanent(text)
        case .notReceived: self = .temporary(message)
        case .uncertain: self = .uncertain(message)
        case .refused(.prerequisite): self = .conflict(message, found: nil)
        case .refused(.signature), .refused(.clock): self = .permanent(message)
        // SERVFAIL: the server is not itself just now.
        case .refused(.other(.servFail)): self = .temporary(message)
        case .refused(.other): self = .permanent(message)
        }
    }
}
