/// A resolver to ask, and where exactly.
package struct ResolverTarget: Hashable, Sendable {
    package let resolver: Resolver
    /// Every one of these is asked, save those of a family that this machine cannot reach.
    package let destinations: [Destination]
    /// Why there are none: `not over tls`.
    package let notAsked: String?

    package init(_ resolver: Resolver, destinations: [Destination], notAsked: String? = nil) {
        self.resolver = resolver
        self.destinations = destinations
        self.notAsked = notAsked
    }

    package enum Destination: Hashable, Sendable {
        case endpoint(Endpoint)
        /// A server known by name only; its addresses come from our own walk, never from the machine's resolver.
        case host(DomainName, port: UInt16, transport: Endpoint.Transport, path: String?)
    }
}

extension Resolver {
    /// Where the resolver is asked over `transport`, in `families`: at its first address of each, or at all of them.
    /// Nil asks over UDP, or over HTTPS or TLS when it answers nothing else. Empty when it does not speak `transport`.
    package func destinations(
        over transport: Endpoint.Transport?, families: Set<IPAddress.Family>, allAddresses: Bool
    ) -> [ResolverTarget.Destination] {
        let transport = transport ?? preferredTransport
        switch transport {
        case .udp, .tcp:
            guard answersPlainDNS else { return [] }
            return choose(addresses, families, allAddresses).map { .endpoint(Endpoint($0, transport: transport)) }
        case .tls:
            guard let dot else { return [] }
            return secureDestinations(.tls, host: dot, families: families, allAddresses: allAddresses)
        case .https:
            guard let doh else { return [] }
            return secureDestinations(
                .https, host: doh.host, port: doh.port, path: doh.path, families: families, allAddresses: allAddresses)
        }
    }

    /// Where `host` is asked over TLS or HTTPS: at the addresses of this entry, or by name when it has none.
    package func secureDestinations(
        _ transport: Endpoint.Transport, host: String, port: UInt16? = nil, path: String? = nil,
        families: Set<IPAddress.Family>, allAddresses: Bool
    ) -> [ResolverTarget.Destination] {
        let port = port ?? transport.defaultPort
        let known = IPAddress(host).map { [$0] } ?? (bootstrap.isEmpty ? addresses : bootstrap)
        if known.isEmpty, let name = try? DomainName(host) {
            return [.host(name, port: port, transport: transport, path: path)]
        }
        return choose(known, families, allAddresses).map {
            .endpoint(Endpoint($0, port: port, transport: transport, serverName: host, path: path))
        }
    }

    private var preferredTransport: Endpoint.Transport {
        if answersPlainDNS, !addresses.isEmpty { return .udp }
        return doh == nil ? .tls : .https
    }

    private func choose(
        _ addresses: [IPAddress], _ families: Set<IPAddress.Family>, _ all: Bool
    ) -> [IPAddress] {
        let usable = addresses.filter { families.contains($0.family) }
        if all { return usable }
        return IPAddress.Family.allCases.compactMap { family in usable.first { $0.family == family } }
    }
}
