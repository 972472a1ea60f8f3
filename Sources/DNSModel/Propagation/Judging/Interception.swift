/// Whether somebody else answers for resolvers' addresses, as their identities tell.
package struct Interception: Sendable, Hashable {
    /// The operators for one of whose addresses an identity broke its pattern over a transport that proves nothing.
    package let suspects: Set<String>
    private let contradicted: Set<String>

    package init(_ resolvers: [Observation]) {
        let broken = resolvers.filter(Self.isBroken)
        suspects = Set(broken.map(\.server.operatorID))
        contradicted = Set(
            broken.filter { $0.secureIdentity.agreement(with: $0.server.identityPatterns) == .holds }
                .map(\.server.operatorID))
    }

    /// One operator may have changed its naming; two at once, or one that keeps it over HTTPS, have not.
    package func isProved(for observation: Observation) -> Bool {
        guard Self.isBroken(observation) else { return false }
        return suspects.count > 1 || contradicted.contains(observation.server.operatorID)
    }

    private static func isBroken(_ observation: Observation) -> Bool {
        let transport = observation.server.endpoint.transport
        guard transport == .udp || transport == .tcp else { return false }
        return observation.identityAgreement == .broken
    }
}
