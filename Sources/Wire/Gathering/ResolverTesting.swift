import DNSModel

/// Asks resolvers what shows whether they do what their entries in the list claim.
package struct ResolverTesting: Sendable {
    package let walk: DelegationWalk
    package let retry: RetryPolicy
    /// Has an answer everywhere.
    package let control: Question
    /// Cannot exist.
    package let absent: Question
    /// Has an answer whose signature is broken; nil leaves validation out.
    package let broken: Question?

    package init(
        walk: DelegationWalk, retry: RetryPolicy, control: Question, absent: Question, broken: Question?
    ) {
        self.walk = walk
        self.retry = retry
        self.control = control
        self.absent = absent
        self.broken = broken
    }

    /// What a query is for.
    private enum Errand {
        case reachability, absence, identity, validation, unchecked
    }

    private struct Attempt {
        let resolver: Int
        let errand: Errand
        let query: Query
    }

    /// Tries every address of every resolver, all at once.
    package func trials(_ resolvers: [Resolver]) async -> [ResolverTrial] {
        let addresses = await addresses(of: resolvers)
        let attempts = resolvers.enumerated().flatMap { self.attempts($1, number: $0, addresses) }
        let replies = await walk.engine.replies(to: attempts.map(\.query), retry: retry)
        let answered = zip(attempts, replies)
        return resolvers.enumerated().map { number, resolver in
            ResolverTrial(resolver, checks: checks(resolver, answered.filter { $0.0.resolver == number }))
        }
    }
}

// What is asked.
extension ResolverTesting {
    /// The addresses of resolvers that the list knows by name only, each found by a walk of its own.
    private func addresses(of resolvers: [Resolver]) async -> [DomainName: [IPAddress]] {
        let names = Set(
            resolvers.flatMap { resolver in
                Endpoint.Transport.allCases.flatMap { destinations(resolver, over: $0).compactMap(\.host) }
            })
        return names.isEmpty ? [:] : await walk.addresses(of: names.sorted())
    }

    private func destinations(
        _ resolver: Resolver, over transport: Endpoint.Transport
    ) -> [ResolverTarget.Destination] {
        // A connection for each address of a name costs more than it shows.
        let isPlain = transport == .udp || transport == .tcp
        return resolver.destinations(over: transport, families: walk.families, allAddresses: isPlain)
    }

    private func endpoints(
        _ resolver: Resolver, over transport: Endpoint.Transport, _ addresses: [DomainName: [IPAddress]]
    ) -> [Endpoint] {
        destinations(resolver, over: transport).compactMap { destination in
            switch destination {
            case .endpoint(let endpoint): return endpoint
            case .host(let name, let port, let transport, let path):
                let address = addresses[name]?.first { walk.families.contains($0.family) }
                return address.map {
                    Endpoint($0, port: port, transport: transport, serverName: name.description, path: path)
                }
            }
        }
    }

    private func attempts(
        _ resolver: Resolver, number: Int, _ addresses: [DomainName: [IPAddress]]
    ) -> [Attempt] {
        let reached = Endpoint.Transport.allCases.map { endpoints(resolver, over: $0, addresses) }
        // Over UDP where it answers so, else over what it has.
        let usual = reached.first { !$0.isEmpty } ?? []
        let honest = usual.flatMap { endpoint in
            [Errand.absence, .identity].map { attempt(number, $0, at: endpoint) }
        }
        let validating = broken == nil ? [] : usual.prefix(1)
        return reached.joined().map { attempt(number, .reachability, at: $0) } + honest
            + validating.flatMap { endpoint in
                [Errand.validation, .unchecked].map { attempt(number, $0, at: endpoint) }
            }
    }

    private func attempt(_ resolver: Int, _ errand: Errand, at endpoint: Endpoint) -> Attempt {
        var query = Query(control, to: endpoint, options: .cacheSample)
        switch errand {
        case .reachability: break
        case .absence: query.question = absent
        case .identity: query.question = .serverIdentity
        case .validation: query.question = broken ?? control
        case .unchecked:
            query.question = broken ?? control
            query.options.checkingDisabled = true
        }
        return Attempt(resolver: resolver, errand: errand, query: query)
    }
}

// What the answers show.
extension ResolverTesting {
    private func checks(_ resolver: Resolver, _ answered: [(Attempt, Reply)]) -> [ResolverTrial.Check] {
        answered.compactMap { attempt, reply in
            let endpoint = attempt.query.endpoint
            switch attempt.errand {
            case .reachability:
                return .init(
                    .init(endpoint.transport), at: endpoint, .reachability(reply.result, rtt: reply.rtt))
            case .absence:
                return .init(.nxdomain, at: endpoint, .honesty(reply.result, rtt: reply.rtt))
            case .identity:
                guard resolver.identity != Resolver.Identity() else { return nil }
                let said = Self.identity(at: endpoint, answered)
                return .init(.identity, at: endpoint, .identity(said, of: resolver, rtt: reply.rtt))
            case .validation:
                let unchecked = answered.first { $0.0.errand == .unchecked }?.1.result
                return .init(
                    .dnssec, at: endpoint,
                    .validation(
                        reply.result, checkingDisabled: unchecked ?? .failure(.cancelled), of: resolver, rtt: reply.rtt)
                )
            case .unchecked: return nil
            }
        }
    }

    /// What the server at an address called itself, in whatever it was asked.
    private static func identity(at endpoint: Endpoint, _ answered: [(Attempt, Reply)]) -> ServerIdentity {
        let here = answered.filter { $0.0.query.endpoint == endpoint }
        return ServerIdentity(
            nsid: here.lazy.compactMap { $0.1.response?.nsidText }.first,
            idServer: here.first { $0.0.errand == .identity }?.1.response?.characterString)
    }
}
