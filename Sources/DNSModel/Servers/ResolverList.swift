/// The public resolvers that a check can ask: resolvers.json, or a file of the same form.
package struct ResolverList: Sendable {
    /// When its facts were last looked over, as ISO 8601.
    package let updated: String?
    /// What the short marks of the entries' sources stand for.
    package let sources: [String: String]
    package let resolvers: [Resolver]

    package init(resolvers: [Resolver], updated: String? = nil, sources: [String: String] = [:]) {
        self.resolvers = resolvers
        self.updated = updated
        self.sources = sources
    }

    package subscript(id id: String) -> Resolver? { resolvers.first { $0.id == id } }

    /// The entry that answers at this address.
    package func resolver(at address: IPAddress) -> Resolver? {
        resolvers.first { $0.addresses.contains(address) || $0.bootstrap.contains(address) }
    }

    package func resolvers(in tiers: Set<Resolver.Tier>) -> [Resolver] {
        resolvers.filter { resolver in resolver.tier.map(tiers.contains) ?? false }
    }
}

/// Why a list of resolvers cannot be used: the first thing that is wrong in it, and where.
package struct ResolverListError: Error, Equatable, CustomStringConvertible {
    package let line: Int
    /// The field, below the name of its entry where there is one: `resolver "quad9": addresses`.
    package let field: String?
    package let reason: String

    package init(line: Int, field: String? = nil, reason: String) {
        self.line = line
        self.field = field
        self.reason = reason
    }

    package var description: String {
        "line \(line): " + (field.map { "\($0): " } ?? "") + reason
    }
}
