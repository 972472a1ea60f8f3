import DNSModel

/// Asks resolvers, and finds those that are known by name only.
package struct ResolverGathering: Sendable {
    package let walk: DelegationWalk
    package let retry: RetryPolicy
    package let list: ResolverList
    /// Nil: operators are asked as often as there is something to ask.
    let share: BudgetShare?

    package init(walk: DelegationWalk, retry: RetryPolicy, list: ResolverList, share: BudgetShare? = nil) {
        self.walk = walk
        self.retry = retry
        self.list = list
        self.share = share
    }

    /// A row for each address to ask, or one that says why there is none. Names are resolved by walks of our own, never by the machine's resolver.
    package func targets(_ resolvers: [ResolverTarget]) async -> [ResolverSurvey.Target] {
        let names = Set(resolvers.flatMap(\.destinations).compactMap(\.host))
        return targets(resolvers, addresses: names.isEmpty ? [:] : await walk.addresses(of: names.sorted()))
    }

    func targets(
        _ resolvers: [ResolverTarget], addresses: [DomainName: [IPAddress]]
    ) -> [ResolverSurvey.Target] {
        resolvers.flatMap { target in
            if let reason = target.notAsked {
                let address = target.resolver.addresses.first ?? .unspecified
                return [row(target.resolver, Endpoint(address), notAsked: reason)]
            }
            let rows = target.destinations.map { row(target.resolver, $0, addresses) }
            let asked = rows.filter { $0.notAsked == nil }
            return asked.isEmpty ? Array(rows.prefix(1)) : asked
        }
    }

    private func row(
        _ resolver: Resolver, _ destination: ResolverTarget.Destination, _ addresses: [DomainName: [IPAddress]]
    ) -> ResolverSurvey.Target {
        switch destination {
        case .endpoint(let endpoint):
            let family = endpoint.address.family
            let isRouted = walk.families.contains(family) || LocalRoutes.leads(to: endpoint.address)
            return row(resolver, endpoint, notAsked: isRouted ? nil : "no \(family.rawValue) route")
        case .host(let name, let port, let transport, let path):
            let address = addresses[name]?.first { walk.families.contains($0.family) }
            let endpoint = Endpoint(
                address ?? .unspecified, port: port, transport: transport, serverName: name.description, path: path)
            return row(resolver, endpoint, notAsked: address == nil ? "no address found for \(name)" : nil)
        }
    }

    private func row(_ resolver: Resolver, _ endpoint: Endpoint, notAsked: String? = nil) -> ResolverSurvey.Target {
        let server = ObservedServer(
            side: .resolver, id: resolver.id, label: resolver.name, operatorID: resolver.operatorID,
            operatorName: resolver.operatorName, country: resolver.country, endpoint: endpoint,
            identityPatterns: resolver.identity, ttlCap: resolver.ttlCap)
        let isPlain = endpoint.transport == .udp || endpoint.transport == .tcp
        return ResolverSurvey.Target(
            server, twin: twin(of: resolver, for: endpoint), secure: isPlain ? secureEndpoint(of: resolver) : nil,
            notAsked: notAsked)
    }

    private func twin(of resolver: Resolver, for endpoint: Endpoint) -> Endpoint? {
        guard let twin = resolver.twin.flatMap({ list[id: $0] }) else { return nil }
        return endpoints(of: twin, over: .udp).first { $0.address.family == endpoint.address.family }
    }

    private func secureEndpoint(of resolver: Resolver) -> Endpoint? {
        (endpoints(of: resolver, over: .https) + endpoints(of: resolver, over: .tls)).first
    }

    private func endpoints(of resolver: Resolver, over transport: Endpoint.Transport) -> [Endpoint] {
        resolver.destinations(over: transport, families: walk.families, allAddresses: false).compactMap(\.endpoint)
    }
}

extension ResolverTarget.Destination {
    var endpoint: Endpoint? {
        if case .endpoint(let endpoint) = self { endpoint } else { nil }
    }

    var host: DomainName? {
        if case .host(let name, _, _, _) = self { name } else { nil }
    }
}
