import DNSModel

/// Which resolvers a command line asks, and where.
struct ResolverSelection {
    let list: ResolverList
    /// The machine's own, read only when they are asked for.
    let systemResolvers: () throws -> [Endpoint]
    let families: Set<IPAddress.Family>
    let transport: Endpoint.Transport?
    let allAddresses: Bool

    /// The entries of the tiers, then those that were named; each once. An entry of a tier that cannot be asked as the
    /// command line wants it stays, with the reason.
    func targets(tier: TierList?, named: [ResolverArgument]) throws -> [ResolverTarget] {
        var targets: [ResolverTarget] = []
        if tier != nil || named.isEmpty {
            targets = try self.targets(in: tier ?? .core)
        }
        for argument in named {
            let target = try self.target(argument)
            if !targets.contains(target) { targets.append(target) }
        }
        return targets
    }

    private func targets(in tier: TierList) throws -> [ResolverTarget] {
        let entries = list.resolvers(in: tier.tiers)
        let names = tier.tiers.map(\.rawValue).sorted().joined(separator: ", ")
        guard !entries.isEmpty else {
            throw CommandFailure("the list has no resolver of tier \(names); choose another with --tier")
        }
        let targets = entries.map(target)
        guard targets.contains(where: { !$0.destinations.isEmpty }) else {
            throw CommandFailure(
                "no resolver of tier \(names) can be asked\(restriction); leave out what rules them out")
        }
        return targets
    }

    private func destinations(of resolver: Resolver) -> [ResolverTarget.Destination] {
        resolver.destinations(over: transport, families: families, allAddresses: allAddresses)
    }

    private func target(_ entry: Resolver) -> ResolverTarget {
        let destinations = destinations(of: entry)
        return ResolverTarget(
            entry, destinations: destinations, notAsked: destinations.isEmpty ? "not\(restriction)" : nil)
    }

    private func target(_ argument: ResolverArgument) throws -> ResolverTarget {
        let target =
            switch argument {
            case .address(let endpoint): self.target(at: endpoint)
            case .tls(let location): secure(.tls, location.host, location.port, nil)
            case .https(let url): secure(.https, url.host, url.port, url.path)
            case .entry(let id): try entry(id)
            case .system: try system()
            }
        guard !target.destinations.isEmpty else {
            throw CommandFailure("--resolver \(target.resolver.name) cannot be asked\(restriction)")
        }
        return target
    }

    /// An address of the list brings its entry's name and facts along.
    private func target(at endpoint: Endpoint) -> ResolverTarget {
        var endpoint = endpoint
        if transport == .tcp { endpoint.transport = .tcp }
        let isUsual = endpoint.port == endpoint.transport.defaultPort
        let known = isUsual ? list.resolver(at: endpoint.address) : nil
        let resolver = known ?? Resolver(adHoc: Endpoint(endpoint.address, port: endpoint.port).description)
        let isWanted = families.contains(endpoint.address.family)
        return ResolverTarget(resolver, destinations: isWanted ? [.endpoint(endpoint)] : [])
    }

    private func secure(
        _ transport: Endpoint.Transport, _ host: String, _ port: UInt16?, _ path: String?
    ) -> ResolverTarget {
        let known =
            if let address = IPAddress(host) {
                list.resolver(at: address)
            } else {
                list.resolvers.first { $0.dot == host || $0.doh?.host == host }
            }
        let resolver = known ?? Resolver(adHoc: host)
        return ResolverTarget(
            resolver,
            destinations: resolver.secureDestinations(
                transport, host: host, port: port, path: path, families: families, allAddresses: allAddresses))
    }

    private func entry(_ id: String) throws -> ResolverTarget {
        guard let entry = list[id: id] else {
            throw CommandFailure(
                "--resolver \(id): no entry of the list has that id; 'dnsconverge resolvers list' shows them all")
        }
        return ResolverTarget(entry, destinations: destinations(of: entry))
    }

    private func system() throws -> ResolverTarget {
        let endpoints = try systemResolvers().filter { families.contains($0.address.family) }
        return ResolverTarget(Resolver(adHoc: "system"), destinations: endpoints.map { .endpoint($0) })
    }

    private var restriction: String {
        let family = families.count == 1 ? families.first.map { " over \($0.rawValue)" } ?? "" : ""
        return (transport.map { " over \($0.rawValue)" } ?? "") + family
    }
}

extension Resolver {
    /// A resolver of which nothing is known but where it is.
    init(adHoc name: String) {
        self.init(id: name, name: name, operatorID: name, operatorName: name)
    }
}
