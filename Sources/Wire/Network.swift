import DNSModel

/// All ways to the network, as handed to whoever has to ask something.
package struct Network: Sendable {
    package let engine: QueryEngine
    package let http: HTTPClient
    /// Where delegations are walked from.
    package let root: Delegation
    package let resolvers: ResolverList

    package init(engine: QueryEngine, http: HTTPClient, root: Delegation, resolvers: ResolverList) {
        self.engine = engine
        self.http = http
        self.root = root
        self.resolvers = resolvers
    }
}
