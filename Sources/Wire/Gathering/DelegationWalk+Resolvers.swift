import DNSModel

/// The declared fallback for machines that may only ask their own resolver: it finds zones and servers instead of a
/// walk from the root. What it says may come from a cache, so reports name it.
extension DelegationWalk {
    /// The zone that holds the question's name, by the SOA record above it (RFC 2308 §3), and its servers.
    func candidate(for question: Question, through resolvers: [Endpoint]) async throws(Failure) -> Delegation {
        let soa = try await recursive(Question(question.name, .soa), resolvers)
        let records = soa.answer + soa.authority
        guard let apex = records.last(where: { $0.type == .soa && question.name.isSubdomain(of: $0.owner) })?.owner
        else { throw .noUsableServer(zone: .root, tried: resolvers.map(\.address), anyAnswer: true) }
        let response = try await recursive(Question(apex, .ns), resolvers)
        let names = response.answer.filter { $0.type == .ns && $0.owner == apex }.compactMap(\.data.name)
        var delegation = Delegation(apex: apex, parent: nil, nameservers: names)
        delegation.addresses = await addresses(of: names, through: resolvers)
        return delegation
    }

    func addresses(of names: [DomainName], through resolvers: [Endpoint]) async -> [DomainName: [IPAddress]] {
        await withTaskGroup(of: (DomainName, [IPAddress]).self) { group in
            for name in names {
                for type in [RecordType.a, .aaaa] {
                    group.addTask {
                        let response = try? await recursive(Question(name, type), resolvers)
                        return (name, response?.answer.compactMap(\.data.address) ?? [])
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0, default: []] += $1.1 }
        }
    }

    private func recursive(_ question: Question, _ resolvers: [Endpoint]) async throws(Failure) -> Response {
        var options = QueryOptions()
        options.recursionDesired = true
        let queries = resolvers.map { Query(question, to: $0, options: options) }
        for await reply in engine.replyStream(to: queries, retry: retry) {
            guard let response = reply.response, response.rcode == .noError || response.rcode == .nxDomain
            else { continue }
            return response
        }
        throw .noUsableServer(zone: .root, tried: resolvers.map(\.address), anyAnswer: false)
    }
}
