import FoundationEssentials

extension PropagationReport {
    /// Judges everything that was gathered.
    package init(of evidence: GatheredEvidence) {
        self.init(Judgement(of: evidence))
    }

    package init(_ judgement: Judgement) {
        let evidence = judgement.evidence
        let findings = Finding.all(in: judgement)
        let reasons = StatusRules(judgement, findings: findings).reasons
        let zones = evidence.zones.map { ZoneSummary($0, serials: Serials(judgement, of: $0)) }
        let asked = judgement.authoritative + judgement.resolvers
        pending = asked.count(where: \.observation.isPending)
        status = reasons.first?.status ?? (pending > 0 ? .unknown : .ok)
        exitCode = status.exitCode
        name = evidence.question.name.description
        type = evidence.question.type.description
        started = evidence.startedAt
        // The clock may have been set back meanwhile.
        elapsedMS = max(0, Int((evidence.now.timeIntervalSince(evidence.startedAt) * 1000).rounded()))
        summary = Summary(judgement, reasons: reasons).text
        self.reasons = reasons
        expected = judgement.side.expected.map(Expected.init)
        previous = Self.distinct(judgement.side.previous.map { $0.values.map(\.description) })
        gate = Gate(judgement.gate)
        convergence = Convergence(judgement)
        chain = evidence.chain.links.map(Link.init)
        zone = zones.first
        targetZones = Array(zones.dropFirst())
        observations = asked.map { ObservedAnswer($0, in: judgement) }
        operators = judgement.operators.map { OperatorLine($0, now: evidence.now) }
        counts = Dictionary(judgement.operators.map { ($0.verdict.rawValue, 1) }, uniquingKeysWith: +)
        self.findings = findings
    }

    private static func distinct<Element: Hashable>(_ elements: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return elements.filter { seen.insert($0).inserted }
    }
}

extension PropagationReport.Expected {
    init(_ expectation: Expectation) {
        values = expectation.values.map(\.description)
        source = expectation.source
        match = expectation.match
        absent = expectation.isAbsence
    }
}

extension PropagationReport.Gate {
    init(_ gate: Gate) {
        switch gate {
        case .open: state = .open
        case .held: state = .held
        case .lifted: state = .lifted
        }
        reason = gate.reason
    }
}

extension PropagationReport.Link {
    init(_ link: CNAMEChain.Link) {
        owner = link.owner.description
        type = link.type.description
        target = link.target.description
        ttl = link.ttl.seconds
    }
}

extension PropagationReport.ZoneSummary {
    init(_ zone: Zone, serials: Serials) {
        apex = zone.apex.description
        parent = zone.parent?.description
        source = zone.source
        nameservers = zone.nameservers.map {
            Nameserver(name: $0.name.description, addresses: $0.addresses.map(\.description))
        }
        self.serials = Dictionary(
            serials.byAddress.map { ($0.server.endpoint.address.description, $0.serial.rawValue) },
            uniquingKeysWith: { first, _ in first })
        serialSkew = serials.skew
    }
}

extension PropagationReport.Convergence {
    init(_ judgement: Judgement) {
        authoritative = Authoritative(
            converged: judgement.askedAuthoritative.count { $0.verdict == .converged },
            total: judgement.askedAuthoritative.count)
        operators = Operators(
            converged: judgement.convergedOperators, counted: judgement.countedOperators.count,
            total: judgement.operators.count,
            percent: judgement.percentConverged.map { ($0 * 10).rounded(.down) / 10 })
        etaSeconds = judgement.eta?.seconds(from: judgement.evidence.now)
        etaBy = judgement.eta?.date
        etaBound = judgement.eta?.bound
        etaReason = judgement.eta?.reason
    }
}
