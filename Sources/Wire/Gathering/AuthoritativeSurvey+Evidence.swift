import DNSModel

extension AuthoritativeSurvey {
    /// Puts what the survey knows into `evidence`: zones, the chain of aliases, and a row for each address.
    ///
    /// Until the survey is over, an answer waits for the serial that is asked beside it: without one, an old answer looks
    /// like that of a server that disagrees.
    package func contribute(to evidence: inout GatheredEvidence, source: Zone.Source, isOver: Bool = true) {
        var apexes: Set<DomainName> = []
        evidence.zones = visits.compactMap { $0.zone(source) }.filter { apexes.insert($0.apex).inserted }
        evidence.chain = chain
        evidence.authoritative = Self.withoutZonesOfOthers(
            visits.flatMap { $0.observations(withoutSerial: isOver) })
        evidence.walkAnswered = visits.contains { $0.delegation != nil || $0.failure?.anyAnswer == true }
    }

    /// A server that the user named is asked in every zone on the chain of aliases; where it serves one of them, that it does
    /// not serve another is nobody's fault.
    private static func withoutZonesOfOthers(_ observations: [Observation]) -> [Observation] {
        let answers = observations.map { observation in
            observation.samples.last.map { AuthoritativeAnswer($0, of: observation) }
        }
        let serving = Set(zip(observations, answers).filter { $1?.answer != nil }.map(\.0.server.endpoint))
        return zip(observations, answers).filter { observation, answer in
            guard case .lame = answer else { return true }
            return !observation.server.isGiven || !serving.contains(observation.server.endpoint)
        }.map(\.0)
    }

    /// The aliases from the question's name as the authoritative servers give them, across zones.
    private var chain: CNAMEChain {
        guard let first = visits.first else { return CNAMEChain(links: [], end: .root) }
        var links: [CNAMEChain.Link] = []
        var end = first.question.name
        for visit in visits where visit.question.name == end {
            guard let part = visit.chain else { break }
            let next = visits.first { visit in part.links.contains { $0.target == visit.question.name } }?.question.name
            let inside = part.links.prefix { $0.owner != next }
            links += inside
            end = inside.last?.target ?? end
        }
        var names: Set<DomainName> = [first.question.name]
        let isLoop = links.contains { !names.insert($0.target).inserted }
        return CNAMEChain(links: links, end: end, isLoop: isLoop)
    }
}

extension AuthoritativeSurvey.Visit {
    /// The aliases as the first authoritative answer gives them.
    fileprivate var chain: CNAMEChain? {
        servers.lazy.compactMap { _, endpoint in
            guard let response = answers[endpoint]?.response, response.isAuthoritative else { return nil }
            return CNAMEChain(from: question, in: response.answer)
        }.first
    }

    /// The addresses asked and the servers of the delegation that they belong to, in the order of the servers' names; nil for
    /// those that the user named.
    private var servers: [(name: String?, endpoint: Endpoint)] {
        var labels: [IPAddress: String] = [:]
        for name in delegation?.nameservers ?? [] {
            for address in delegation?.addresses(of: name) ?? [] where labels[address] == nil {
                labels[address] = name.description
            }
        }
        return asked.map { ($0.port == $0.transport.defaultPort ? labels[$0.address] : nil, $0) }
            .sorted { ($0.0 ?? "", $0.1.address) < ($1.0 ?? "", $1.1.address) }
    }

    fileprivate func observations(withoutSerial: Bool) -> [Observation] {
        servers.map { name, endpoint in
            let label = name ?? endpoint.description
            let server = ObservedServer(
                side: .authoritative, id: label, label: label, endpoint: endpoint, isGiven: name == nil)
            let reply = withoutSerial || isSerialSettled(at: endpoint) ? answers[endpoint] : nil
            return Observation(
                server: server, question: question, samples: reply.map { [Sample($0)] } ?? [],
                identity: ServerIdentity(nsid: reply?.response?.nsidText),
                serial: SOASerial(of: reply, beside: soas[endpoint]))
        }
    }

    /// Whether nothing more will be heard of the zone's serial there.
    private func isSerialSettled(at endpoint: Endpoint) -> Bool {
        delegation == nil || soas[endpoint] != nil || SOASerial(of: answers[endpoint], beside: nil) != nil
    }

    fileprivate func zone(_ source: Zone.Source) -> Zone? {
        guard let delegation else { return nil }
        let child = delegation.childNameservers.values.reduce(into: Set()) { $0.formUnion($1) }
        return Zone(
            apex: delegation.apex, parent: delegation.parent,
            nameservers: delegation.nameservers.map { .init(name: $0, addresses: delegation.addresses(of: $0)) },
            source: source, parentNames: Set(delegation.parentNameservers),
            childNames: delegation.childNameservers.isEmpty ? nil : child,
            glue: delegation.glue.mapValues { Set($0) }, published: delegation.addresses.mapValues { Set($0) })
    }
}

extension SOASerial {
    /// The serial that came with the answer (RFC 9660), else that of the SOA asked beside it.
    init?(of answer: Reply?, beside soa: Reply?) {
        if let version = answer?.response?.edns?.zoneVersion {
            self = version.serial
        } else if let response = soa?.response, response.isAuthoritative,
            let serial = response.answer.lazy.compactMap({ SOA($0.data)?.serial }).first
        {
            self = serial
        } else {
            return nil
        }
    }
}

extension DelegationWalk.Failure {
    var anyAnswer: Bool {
        switch self {
        // Servers of a zone below the root are known only because somebody above told of them.
        case .noUsableServer(let zone, _, let anyAnswer): anyAnswer || zone != .root
        case .noAddress, .tooDeep: true
        }
    }
}

extension Response {
    /// The server's identity (RFC 5001) as text, or as hexadecimal where it is not printable ASCII.
    var nsidText: String? {
        guard let nsid = edns?.nsid, !nsid.isEmpty else { return nil }
        if nsid.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(decoding: nsid, as: UTF8.self) }
        return "0x" + nsid.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension Reply {
    var response: Response? { try? result.get() }
}

extension Sample {
    package init(_ reply: Reply) {
        self.init(receivedAt: reply.receivedAt, rtt: reply.rtt, result: reply.result, transport: reply.transport)
    }
}
