import DNSModel

/// Finds zones by asking from the root downwards. It trusts no cache but what this run has been told by the parents.
package struct DelegationWalk: Sendable {
    package let engine: QueryEngine
    /// The families of addresses that can be asked from here.
    package let families: Set<IPAddress.Family>
    package let retry: RetryPolicy
    /// The machine's own resolvers, when they stand in for the walk.
    package let resolvers: [Endpoint]?
    private let known: KnownDelegations

    /// How many servers of a zone above are asked at once; all others follow when none of them is of use.
    private static let hedge = 3
    /// How many zones may be waiting for the addresses of their servers, each for the next one's.
    private static let pathLimit = 6
    private static let aliasLimit = 8

    package init(
        engine: QueryEngine, root: Delegation, families: Set<IPAddress.Family>, retry: RetryPolicy = RetryPolicy(),
        resolvers: [Endpoint]? = nil
    ) {
        self.engine = engine
        self.resolvers = resolvers
        self.families = families
        self.retry = retry
        known = KnownDelegations(root: root)
    }

    /// Why a walk ended early.
    package enum Failure: Error, Sendable, Hashable {
        /// No server of `zone` gave a usable answer; `anyAnswer` tells whether one answered at all.
        case noUsableServer(zone: DomainName, tried: [IPAddress], anyAnswer: Bool)
        /// No address of a server of `zone` could be found.
        case noAddress(zone: DomainName)
        /// Servers' names depend on each other without end, or the zones do.
        case tooDeep(zone: DomainName)
    }

    /// The deepest delegation on the way to `question` that is worth asking in full: from two labels on, or the name
    /// itself, a zone is taken for the one that may hold it. Whether it refers further down, its servers will say.
    package func candidate(for question: Question) async throws(Failure) -> Delegation {
        if let resolvers { return try await candidate(for: question, through: resolvers) }
        return try await candidate(for: question, path: [])
    }

    private func candidate(for question: Question, path: [DomainName]) async throws(Failure) -> Delegation {
        var zone = await known.deepest(holding: question.name)
        while zone.apex.labelCount < 2, zone.apex != question.name {
            guard let next = try await cut(below: zone, towards: question, path: path).referral else { break }
            zone = next
        }
        return zone
    }

    /// The authoritative addresses of servers, each name found by a walk of its own. A name that could not be looked
    /// up is missing from the result.
    package func addresses(of names: [DomainName]) async -> [DomainName: [IPAddress]] {
        if let resolvers { return await addresses(of: names, through: resolvers) }
        return await addresses(of: names, path: [])
    }

    /// `path` holds the zones that wait for these addresses: one that waits for itself has none.
    private func addresses(of names: [DomainName], path: [DomainName]) async -> [DomainName: [IPAddress]] {
        let groups = Dictionary(grouping: names, by: \.parent)
        return await withTaskGroup(of: [DomainName: [IPAddress]].self) { group in
            for names in groups.values {
                group.addTask { await addresses(ofSiblings: names, path: path) }
            }
            return await group.reduce(into: [:]) { $0.merge($1) { a, _ in a } }
        }
    }

    /// Names of one zone share its walk: all are looked up from where the first one's has come to.
    private func addresses(ofSiblings names: [DomainName], path: [DomainName]) async -> [DomainName: [IPAddress]] {
        if names.count > 1, let first = names.first { _ = try? await candidate(for: Question(first, .a), path: path) }
        return await withTaskGroup(of: (DomainName, [IPAddress]?).self) { group in
            for name in names {
                group.addTask { (name, await addresses(of: name, path: path)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func addresses(of name: DomainName, path: [DomainName]) async -> [IPAddress]? {
        async let ipv4 = lookUp(Question(name, .a), path: path)
        async let ipv6 = lookUp(Question(name, .aaaa), path: path)
        let answers = [await ipv4, await ipv6].compactMap(\.self)
        return answers.isEmpty ? nil : answers.flatMap { $0.compactMap(\.data.address) }
    }

    /// The records that answer `question`, aliases followed; nil when no server that ought to know answered.
    private func lookUp(_ question: Question, path: [DomainName]) async -> [Record]? {
        var question = question
        for _ in 0..<Self.aliasLimit {
            guard let response = try? await answer(to: question, path: path) else { return nil }
            let chain = CNAMEChain(from: question, in: response.answer)
            let records = response.answer.filter { $0.type == question.type && $0.owner == chain.end }
            if !records.isEmpty || chain.links.isEmpty || chain.isLoop { return records }
            question = Question(chain.end, question.type)
        }
        return nil
    }

    /// An authoritative answer, from the first server that gives one.
    private func answer(to question: Question, path: [DomainName]) async throws(Failure) -> Response {
        var zone = await known.deepest(holding: question.name)
        for _ in 0..<question.name.labelCount + 2 {
            switch try await cut(below: zone, towards: question, path: path) {
            case .referral(let next): zone = next
            case .answer(let response): return response
            }
        }
        throw .tooDeep(zone: zone.apex)
    }

    /// What a zone's servers say to a question: an answer, or where to go on.
    private enum Step {
        case referral(Delegation)
        case answer(Response)

        var referral: Delegation? {
            if case .referral(let delegation) = self { delegation } else { nil }
        }
    }

    private func cut(below zone: Delegation, towards question: Question, path: [DomainName]) async throws(Failure)
        -> Step
    {
        let response = try await firstUsable(question, from: zone, path: path)
        guard let next = zone.referral(in: response, towards: question.name) else { return .answer(response) }
        await known.insert(next)
        return .referral(next)
    }

    private func firstUsable(_ question: Question, from zone: Delegation, path: [DomainName]) async throws(Failure)
        -> Response
    {
        var candidates = reachable(zone.nameservers.flatMap(zone.addresses(of:)))
        if candidates.isEmpty {
            candidates = reachable(try await addressesWithoutGlue(zone, path))
        }
        guard !candidates.isEmpty else { throw .noAddress(zone: zone.apex) }
        var anyAnswer = false
        for wave in [candidates.prefix(Self.hedge), candidates.dropFirst(Self.hedge)] where !wave.isEmpty {
            let queries = wave.map { Query(question, to: Endpoint($0), options: .authoritative) }
            for await reply in engine.replyStream(to: queries, retry: retry) {
                guard case .success(let response) = reply.result else { continue }
                anyAnswer = true
                if zone.isUsable(response, towards: question.name) { return response }
            }
        }
        throw .noUsableServer(zone: zone.apex, tried: candidates, anyAnswer: anyAnswer)
    }

    /// Only servers outside the zone can be found without glue.
    private func addressesWithoutGlue(_ zone: Delegation, _ path: [DomainName]) async throws(Failure) -> [IPAddress] {
        guard path.count < Self.pathLimit, !path.contains(zone.apex) else { throw .tooDeep(zone: zone.apex) }
        let outside = zone.nameservers.filter { !$0.isSubdomain(of: zone.apex) }
        return await addresses(of: outside, path: path + [zone.apex]).values.flatMap(\.self)
    }

    /// Addresses that can be asked from here, IPv4 first and otherwise in random order, so that no root server is the
    /// one that everybody asks.
    private func reachable(_ addresses: [IPAddress]) -> [IPAddress] {
        let usable = addresses.filter { families.contains($0.family) }.shuffled()
        return usable.filter { $0.family == .ipv4 } + usable.filter { $0.family == .ipv6 }
    }
}

/// The delegations met in one run.
private actor KnownDelegations {
    private var byApex: [DomainName: Delegation]

    init(root: Delegation) {
        byApex = [.root: root]
    }

    func insert(_ delegation: Delegation) {
        byApex[delegation.apex] = delegation
    }

    func deepest(holding name: DomainName) -> Delegation {
        var ancestor: DomainName? = name
        while let candidate = ancestor {
            if let delegation = byApex[candidate] { return delegation }
            ancestor = candidate.parent
        }
        return byApex[.root] ?? Delegation(apex: .root, parent: nil, nameservers: [])
    }
}

extension Delegation {
    /// The delegation that `response` hands on to: below this zone, on the way to `name`.
    package func referral(in response: Response, towards name: DomainName) -> Delegation? {
        guard let (cut, nameservers) = response.referral, cut != apex, cut.isSubdomain(of: apex),
            name.isSubdomain(of: cut), !nameservers.isEmpty
        else { return nil }
        var glue: [DomainName: [IPAddress]] = [:]
        for record in response.additional where nameservers.contains(record.owner) {
            if let address = record.data.address { glue[record.owner, default: []].append(address) }
        }
        return Delegation(apex: cut, parent: apex, nameservers: nameservers, glue: glue)
    }

    /// Whether a server of this zone did its part: it answered with authority, or referred downwards.
    package func isUsable(_ response: Response, towards name: DomainName) -> Bool {
        guard response.rcode == .noError || response.rcode == .nxDomain else { return false }
        return response.isAuthoritative || referral(in: response, towards: name) != nil
    }
}
