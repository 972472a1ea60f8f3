import DNSModel

/// The authoritative side of one question, gathered: every zone on the chain of aliases, every address of its servers.
///
/// A state machine. Events say what was learnt and actions what to find out next, so that nothing waits for a silent
/// server but its own row: a zone's addresses are asked as they become known, and an alias is followed on the first
/// authoritative answer.
package struct AuthoritativeSurvey: Sendable {
    /// One zone on the chain, asked for the name that the chain has reached there.
    package struct Visit: Sendable {
        package let question: Question
        package var delegation: Delegation?
        package var failure: DelegationWalk.Failure?
        /// What each address said to the question.
        package var answers: [Endpoint: Reply] = [:]
        /// What each address said to the question for the apex's SOA.
        package var soas: [Endpoint: Reply] = [:]
        var asked: Set<Endpoint> = []
        /// Servers whose addresses are, or have been, looked up by walks of their own.
        var resolving: Set<DomainName> = []
        /// Counts the zone cuts met; what was asked of a zone above is out of date.
        var generation = 0
        var isFollowed = false

        init(question: Question) {
            self.question = question
        }
    }

    /// What is asked of a server, and why.
    enum Probe: Sendable, Hashable {
        case answer
        case soa
        case nameservers
        case address(of: DomainName, IPAddress.Family)
        /// Whether a zone cut hides at this name, on servers that hold both sides of it.
        case hiddenCut(DomainName)
        case hiddenNameservers(DomainName)
        /// Whether a zone cut hides at this name, above the target of an alias.
        case hiddenCutAbove(target: DomainName, at: DomainName)
    }

    /// Ties a reply to what it was asked for.
    struct Errand: Sendable {
        let visit: Int
        let generation: Int
        let probe: Probe
        let question: Question
        let endpoint: Endpoint
    }

    enum Event: Sendable {
        case found(visit: Int, Result<Delegation, DelegationWalk.Failure>)
        case replied(Errand, Reply)
        case resolved(visit: Int, generation: Int, [DomainName: [IPAddress]])
    }

    enum Action: Sendable {
        case walk(visit: Int, Question)
        case ask([Errand])
        case resolve(visit: Int, generation: Int, [DomainName])
    }

    package internal(set) var visits: [Visit] = []
    private let families: Set<IPAddress.Family>
    private let transport: Endpoint.Transport
    /// Servers that are asked besides those of the delegation: a hidden primary, a split horizon.
    private let extraServers: [Endpoint]

    /// Of how many addresses a zone is asked what every one of them would say alike.
    private static let witnesses = 3

    package init(
        families: Set<IPAddress.Family>, transport: Endpoint.Transport = .udp, extraServers: [Endpoint] = []
    ) {
        self.families = families
        self.transport = transport
        self.extraServers = extraServers
    }

    /// Begins with `question`; the answer is what to do first.
    mutating func start(_ question: Question) -> [Action] {
        visits = [Visit(question: question)]
        return [.walk(visit: 0, question)]
    }

    mutating func handle(_ event: Event) -> [Action] {
        switch event {
        case .found(let index, .success(let delegation)):
            return enter(delegation, visit: index)
        case .found(let index, .failure(let failure)):
            visits[index].failure = failure
            return ask(extraServers, visit: index)
        case .resolved(let index, let generation, let addresses):
            return generation == visits[index].generation ? learn(addresses, visit: index) : []
        case .replied(let errand, let reply):
            guard errand.generation == visits[errand.visit].generation else { return [] }
            return handle(errand, reply)
        }
    }
}

// MARK: - Entering a zone

extension AuthoritativeSurvey {
    mutating func enter(_ delegation: Delegation, visit index: Int) -> [Action] {
        var visit = Visit(question: visits[index].question)
        visit.delegation = delegation
        visit.generation = visits[index].generation + 1
        visits[index] = visit
        let new = newEndpoints(visit: index)
        let outside = delegation.nameservers.filter { !$0.isSubdomain(of: delegation.apex) }
        return ask(new + extraServers, visit: index)
            + askWitnesses(Array(new.prefix(Self.witnesses)), about: delegation.nameservers, visit: index)
            + resolve(outside, visit: index)
    }

    /// Addresses of the zone's servers that have not been asked and can be.
    private func newEndpoints(visit index: Int) -> [Endpoint] {
        guard let delegation = visits[index].delegation else { return [] }
        return Set(delegation.nameservers.flatMap(delegation.addresses(of:))).sorted()
            .filter { families.contains($0.family) }
            .map { Endpoint($0, transport: transport) }
            .filter { !visits[index].asked.contains($0) }
    }

    private mutating func resolve(_ names: [DomainName], visit index: Int) -> [Action] {
        let new = names.filter { visits[index].resolving.insert($0).inserted }
        return new.isEmpty ? [] : [.resolve(visit: index, generation: visits[index].generation, new)]
    }

    private mutating func ask(_ endpoints: [Endpoint], visit index: Int) -> [Action] {
        let new = endpoints.filter { visits[index].asked.insert($0).inserted }
        return ask([.answer, .soa, .nameservers], of: new, visit: index)
    }

    /// Asks a few servers for what the zone says of its servers' addresses and of cuts below the apex.
    private func askWitnesses(_ endpoints: [Endpoint], about names: [DomainName], visit index: Int) -> [Action] {
        guard let apex = visits[index].delegation?.apex else { return [] }
        let cuts = visits[index].question.name.ancestors(below: apex).map { Probe.hiddenCut($0) }
        return ask(addressProbes(for: names, below: apex) + cuts, of: endpoints, visit: index)
    }

    private func addressProbes(for names: [DomainName], below apex: DomainName) -> [Probe] {
        names.filter { $0.isSubdomain(of: apex) }.flatMap { name in
            IPAddress.Family.allCases.map { Probe.address(of: name, $0) }
        }
    }

    func ask(_ probes: [Probe], of endpoints: [Endpoint], visit index: Int) -> [Action] {
        let visit = visits[index]
        let errands = endpoints.flatMap { endpoint in
            probes.compactMap { probe in
                question(for: probe, visit).map {
                    Errand(
                        visit: index, generation: visit.generation, probe: probe, question: $0, endpoint: endpoint)
                }
            }
        }
        return errands.isEmpty ? [] : [.ask(errands)]
    }

    /// Nil for what only a known zone can be asked.
    private func question(for probe: Probe, _ visit: Visit) -> Question? {
        switch probe {
        case .answer: visit.question
        case .soa: visit.delegation.map { Question($0.apex, .soa) }
        case .nameservers: visit.delegation.map { Question($0.apex, .ns) }
        case .address(let name, let family): Question(name, family.recordType)
        case .hiddenCut(let name): Question(name, .soa)
        case .hiddenNameservers(let name): Question(name, .ns)
        case .hiddenCutAbove(_, let name): Question(name, .soa)
        }
    }
}

// MARK: - Learning from replies

extension AuthoritativeSurvey {
    private mutating func handle(_ errand: Errand, _ reply: Reply) -> [Action] {
        switch errand.probe {
        case .answer:
            visits[errand.visit].answers[errand.endpoint] = reply
        case .soa:
            visits[errand.visit].soas[errand.endpoint] = reply
        case .nameservers, .address, .hiddenCut, .hiddenNameservers, .hiddenCutAbove:
            break
        }
        guard case .success(let response) = reply.result, let delegation = visits[errand.visit].delegation
        else { return [] }
        switch errand.probe {
        case .answer: return follow(response, errand, delegation)
        case .soa: return []
        case .nameservers: return learnNameservers(from: response, errand, delegation)
        case .address(let name, _): return learnAddresses(of: name, from: response, errand)
        case .hiddenCut(let name):
            guard response.isApex(name) else { return [] }
            return ask([.hiddenNameservers(name)], of: [errand.endpoint], visit: errand.visit)
        case .hiddenNameservers(let name): return enterHiddenZone(name, response, errand, delegation)
        case .hiddenCutAbove(let target, let name):
            return response.isApex(name) ? visit(target, type: visits[errand.visit].question.type) : []
        }
    }

    private mutating func learnNameservers(
        from response: Response, _ errand: Errand, _ delegation: Delegation
    ) -> [Action] {
        let names = response.answer.filter { $0.type == .ns && $0.owner == delegation.apex }.compactMap(\.data.name)
        guard response.isAuthoritative, !names.isEmpty else { return [] }
        visits[errand.visit].delegation?.childNameservers[errand.endpoint.address] = Set(names)
        let new = names.filter { !delegation.nameservers.contains($0) }
        let inside = addressProbes(for: new, below: delegation.apex)
        return ask(inside, of: [errand.endpoint], visit: errand.visit)
            + resolve(new.filter { !$0.isSubdomain(of: delegation.apex) }, visit: errand.visit)
    }

    private mutating func learnAddresses(of name: DomainName, from response: Response, _ errand: Errand) -> [Action] {
        guard response.isAuthoritative, response.rcode == .noError || response.rcode == .nxDomain else {
            return response.referral == nil ? [] : resolve([name], visit: errand.visit)
        }
        let addresses = response.answer.filter { $0.owner == name }.compactMap(\.data.address)
        return learn([name: addresses], visit: errand.visit)
    }

    /// Adds what is known of servers' addresses, and asks those that are new.
    private mutating func learn(_ addresses: [DomainName: [IPAddress]], visit index: Int) -> [Action] {
        for (name, found) in addresses {
            let known = visits[index].delegation?.addresses[name] ?? []
            visits[index].delegation?.addresses[name] = known + found.filter { !known.contains($0) }
        }
        let isFirst = visits[index].asked.subtracting(extraServers).isEmpty
        let new = newEndpoints(visit: index)
        let witnesses = isFirst ? Array(new.prefix(Self.witnesses)) : []
        return ask(new, visit: index) + askWitnesses(witnesses, about: [], visit: index)
    }

    private mutating func enterHiddenZone(
        _ apex: DomainName, _ response: Response, _ errand: Errand, _ above: Delegation
    ) -> [Action] {
        let names = response.answer.filter { $0.type == .ns && $0.owner == apex }.compactMap(\.data.name)
        guard !names.isEmpty, apex.labelCount > above.apex.labelCount else { return [] }
        var glue: [DomainName: [IPAddress]] = [:]
        for record in response.additional where names.contains(record.owner) {
            if let address = record.data.address { glue[record.owner, default: []].append(address) }
        }
        var delegation = Delegation(apex: apex, parent: above.apex, nameservers: [], glue: glue)
        delegation.childNameservers[errand.endpoint.address] = Set(names)
        return enter(delegation, visit: errand.visit)
            + ask(addressProbes(for: names, below: apex), of: [errand.endpoint], visit: errand.visit)
    }
}
