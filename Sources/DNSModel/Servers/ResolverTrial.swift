/// What asking a resolver has shown of the claims that its entry in the list makes.
package struct ResolverTrial: Sendable {
    package let resolver: Resolver
    package let checks: [Check]

    package init(_ resolver: Resolver, checks: [Check]) {
        self.resolver = resolver
        self.checks = checks
    }

    /// One claim, tried at one place.
    package struct Check: Hashable, Sendable {
        package let claim: Claim
        package let endpoint: Endpoint
        package let outcome: Outcome

        package init(_ claim: Claim, at endpoint: Endpoint, _ outcome: Outcome) {
            self.claim = claim
            self.endpoint = endpoint
            self.outcome = outcome
        }
    }

    package enum Claim: String, Hashable, Sendable, CaseIterable {
        /// It answers over the transport.
        case udp, tcp, tls, https
        /// A name that does not exist is NXDOMAIN, not somebody's advertisement.
        case nxdomain
        /// It names itself as its operator documents.
        case identity
        /// It validates, or does not, as the entry says.
        case dnssec

        package init(_ transport: Endpoint.Transport) {
            switch transport {
            case .udp: self = .udp
            case .tcp: self = .tcp
            case .tls: self = .tls
            case .https: self = .https
            }
        }

        /// Whether it is about being reached; else it is about being honest.
        var isReachability: Bool {
            switch self {
            case .udp, .tcp, .tls, .https: true
            case .nxdomain, .identity, .dnssec: false
            }
        }
    }

    package enum Outcome: Hashable, Sendable {
        case holds(Duration)
        case broken(String)
        /// What came does not tell.
        case unclear(String)

        package var isHolding: Bool { if case .holds = self { true } else { false } }
        package var isBroken: Bool { if case .broken = self { true } else { false } }
    }
}

extension ResolverTrial {
    /// CRITICAL when the resolver is not honest, or not reached over a transport that it claims; WARNING when it is
    /// reached at some of its addresses only; UNKNOWN when nothing could be tried.
    package var status: Status {
        if checks.contains(where: { $0.outcome.isBroken && !$0.claim.isReachability }) { return .critical }
        let transports = Dictionary(grouping: checks.filter(\.claim.isReachability), by: \.claim)
        guard !transports.isEmpty else { return .unknown }
        return transports.values.map { checks in
            let broken = checks.count(where: \.outcome.isBroken)
            return broken == checks.count ? Status.critical : broken > 0 ? .warning : .ok
        }.max() ?? .unknown
    }

    /// The worst of several; UNKNOWN when nobody answered anything, which is not the resolvers' fault.
    package static func status(of trials: [ResolverTrial]) -> Status {
        let anyHolds = trials.contains { $0.checks.contains(where: \.outcome.isHolding) }
        return anyHolds ? trials.map(\.status).max() ?? .unknown : .unknown
    }
}
