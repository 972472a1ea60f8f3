import DNSModel
import Wire

/// Finds a zone's primary server: the one that is named, or the one that the zone's SOA record names.
struct PrimaryLookup: Sendable {
    let zone: DomainName
    /// An address or a name; nil: ask the zone.
    let place: HostAndPort?
    let transport: Endpoint.Transport
    let retry: RetryPolicy

    /// Names are looked up from the root, never through the machine's resolver.
    func endpoint(over network: Network) async throws(ProviderError) -> Endpoint {
        if let address = place?.address { return Endpoint(address, port: place?.port, transport: transport) }
        let roots = network.root.nameservers.flatMap { network.root.addresses(of: $0) }
        let walk = DelegationWalk(
            engine: network.engine, root: network.root, families: LocalRoutes.families(towards: roots), retry: retry)
        let name = try await name(by: walk)
        guard let address = await walk.addresses(of: [name])[name]?.first else {
            throw .temporary("no address found for the primary server \(name); give server as an address")
        }
        return Endpoint(address, port: place?.port, transport: transport)
    }

    private func name(by walk: DelegationWalk) async throws(ProviderError) -> DomainName {
        if let place {
            guard let name = try? DomainName(place.host) else {
                throw .permanent("\(place.host) is no name of a server")
            }
            return name
        }
        let delegation: Delegation
        do throws(DelegationWalk.Failure) {
            delegation = try await walk.candidate(for: Question(zone, .soa))
        } catch {
            throw .temporary("the servers of \(zone) could not be found; give server")
        }
        let known = delegation.nameservers.flatMap { delegation.addresses(of: $0) }
        let addresses = known.isEmpty ? await walk.addresses(of: delegation.nameservers).values.flatMap(\.self) : known
        let queries = addresses.filter { walk.families.contains($0.family) }.map { address in
            Query(Question(zone, .soa), to: Endpoint(address), options: .authoritative)
        }
        for reply in await walk.engine.replies(to: queries, retry: retry) {
            let record = (try? reply.result.get())?.answer.first { $0.owner == zone && $0.type == .soa }
            if let soa = record.flatMap({ SOA($0.data) }) { return soa.primary }
        }
        throw .temporary("no server of \(zone) has told its SOA record; give server")
    }
}
