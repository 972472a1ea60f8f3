/// A server address that is asked, and what is known of it beforehand.
package struct ObservedServer: Sendable, Hashable {
    package enum Side: String, Sendable, Hashable, Codable {
        case authoritative
        case resolver
    }

    package let side: Side
    /// The resolver's identifier in the list, or the name of the authoritative server.
    package let id: String
    /// What people call it: `Quad9`, `ns2.example.net`.
    package let label: String
    /// Who runs it; resolvers with equal identifiers are one line and one vote.
    package let operatorID: String
    package let operatorName: String
    /// ISO 3166 code of the operator's country.
    package let country: String?
    package let endpoint: Endpoint
    /// Whether an authoritative server is asked because the user named it, and no delegation does.
    package let isGiven: Bool
    /// How the server names itself when nobody stands in between.
    package let identityPatterns: Resolver.Identity
    /// The longest time that the resolver is known to cache anything.
    package let ttlCap: TTL?
    /// Whether NXDOMAIN with an empty AUTHORITY section is this resolver's documented way to block.
    package let blocksWithEmptyAuthority: Bool

    package init(
        side: Side, id: String, label: String, operatorID: String? = nil, operatorName: String? = nil,
        country: String? = nil, endpoint: Endpoint, isGiven: Bool = false,
        identityPatterns: Resolver.Identity = Resolver.Identity(), ttlCap: TTL? = nil,
        blocksWithEmptyAuthority: Bool = false
    ) {
        self.side = side
        self.id = id
        self.label = label
        self.operatorID = operatorID ?? id
        self.operatorName = operatorName ?? label
        self.country = country
        self.endpoint = endpoint
        self.isGiven = isGiven
        self.identityPatterns = identityPatterns
        self.ttlCap = ttlCap
        self.blocksWithEmptyAuthority = blocksWithEmptyAuthority
    }
}

extension ObservedServer {
    /// `ns2.example.net (192.0.2.53)`; the endpoint alone where that is the label too.
    package var labelAndEndpoint: String { label == "\(endpoint)" ? label : "\(label) (\(endpoint))" }
}
