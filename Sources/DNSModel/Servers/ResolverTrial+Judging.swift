// What answers say about a claim.
extension ResolverTrial.Outcome {
    package typealias Answer = Result<Response, QueryFailure>

    /// Whether a question that has an answer got one.
    package static func reachability(_ answer: Answer, rtt: Duration) -> Self {
        switch answer {
        case .failure(let failure): .broken(failure.description)
        case .success(let response) where response.rcode != .noError: .broken("answers \(response.rcode)")
        case .success(let response) where response.answer.isEmpty: .broken("answers without a record")
        case .success: .holds(rtt)
        }
    }

    /// Whether a name that cannot exist does not.
    package static func honesty(_ answer: Answer, rtt: Duration) -> Self {
        switch answer {
        case .failure(let failure): return .unclear(failure.description)
        case .success(let response) where response.rcode == .nxDomain: return .holds(rtt)
        case .success(let response) where response.rcode == .noError:
            let values = Set(response.answer.map(\.data)).texts.joined(separator: ", ")
            return .broken("answers \(values.isEmpty ? "NOERROR" : values) for a name that does not exist")
        case .success(let response): return .unclear("answers \(response.rcode)")
        }
    }

    /// Whether the name that a server gives itself is one of its operator's.
    package static func identity(_ identity: ServerIdentity, of resolver: Resolver, rtt: Duration) -> Self {
        switch identity.agreement(with: resolver.identity) {
        case .holds: .holds(rtt)
        case .broken: .broken("names itself \"\(identity.text ?? "")\"; somebody else may answer for it")
        case .unknown: .unclear("does not name itself")
        }
    }

    /// Whether a record whose signature is broken is refused by those who say that they validate, and only by them.
    package static func validation(
        _ answer: Answer, checkingDisabled: Answer, of resolver: Resolver, rtt: Duration
    ) -> Self {
        let unclear = Self.unclear("the name with the broken signature does not answer")
        guard case .success(let checked) = answer else { return unclear }
        if !checked.namesValidationFailure {
            guard case .success(let unchecked) = checkingDisabled, unchecked.rcode == .noError,
                !unchecked.answer.isEmpty
            else { return unclear }
        }
        let validates: Bool
        switch checked.rcode {
        case .servFail: validates = true
        case .noError: validates = false
        default: return .unclear("answers \(checked.rcode)")
        }
        guard let claim = resolver.validatesDNSSEC, claim != validates else { return .holds(rtt) }
        return .broken(
            validates ? "validates, which the list denies" : "does not validate, which the list says it does")
    }
}
