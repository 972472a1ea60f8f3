/// What the authoritative servers say together: what is expected, what was before, and how long caches may keep either.
package struct AuthoritativeSide: Sendable {
    /// What answers are judged by; nil when nothing was given and no server told.
    package let expected: Expectation?
    /// Given, remembered, or still served by addresses that lag.
    package let previous: [PreviousRRset]
    /// The names at which answers differ although no serial is older.
    package let variations: [Question]
    /// Whether any address gave a usable answer.
    package let hasAnswer: Bool
    /// Whether every address that answers has the record. True when none answers.
    package let allHaveRecord: Bool
    /// The aliases as the authoritative servers give them.
    package let chain: CNAMEChain
    private let zones: [Question: [Served]]
    private let ttl: TTL?

    package init(_ evidence: GatheredEvidence) {
        let served = evidence.authoritative.compactMap(Served.init)
        let known = evidence.previous + evidence.memory.replaced
        let zones = Dictionary(grouping: served, by: \.question)
        let leading = zones.mapValues { Self.leading($0, since: known) }
        let expected = evidence.expectation ?? Self.agreement(leading.values.flatMap { $0 })
        self.expected = expected
        self.zones = zones
        chain = evidence.chain
        variations = leading.filter { Self.differ($0.value.map(\.answer)) }.keys.sorted { $0.name < $1.name }
        hasAnswer = !served.isEmpty
        let final = served.map(\.answer).filter(\.isFinal)
        allHaveRecord = final.allSatisfy { !$0.values.isEmpty }
        ttl = final.compactMap { $0.values.isEmpty ? nil : $0.ttl }.max()
        let lagging = served.filter { one in
            one.answer.isFinal && expected?.isMet(by: one.answer.values) == false
                && Self.isBehind(one, in: zones[one.question] ?? [])
        }
        previous = known + lagging.map { PreviousRRset($0.answer.values, ttl: $0.answer.ttl) }
    }
}

extension AuthoritativeSide {
    /// The answer of one address.
    struct Served: Sendable {
        let question: Question
        let answer: Answer
        let serial: SOASerial?

        init?(_ observation: Observation) {
            guard let sample = observation.samples.last,
                case .answered(let answer, let serial) = AuthoritativeAnswer(sample, of: observation)
            else { return nil }
            question = observation.question
            self.answer = answer
            self.serial = serial
        }
    }

    /// What of an answer has to be the same at servers that agree: NXDOMAIN and NODATA both mean that it is not there.
    private struct VisibleContent: Hashable {
        let values: Set<RecordData>
        let target: DomainName?

        init(_ answer: Answer) {
            values = answer.values
            if case .alias(let name) = answer.content { target = name } else { target = nil }
        }
    }

    /// Whether answers contradict each other. One that ends at an alias which another leads past says the same, as far as
    /// it goes: servers differ in how many aliases of a zone they follow.
    private static func differ(_ answers: [Answer]) -> Bool {
        let passed = Set(answers.flatMap { $0.chain.links.map(\.owner) })
        let whole = answers.filter { answer in
            if case .alias(let target) = answer.content { !passed.contains(target) } else { true }
        }
        return Set(whole.map(VisibleContent.init)).count > 1
    }

    /// Whether another address of the same zone has a newer serial (RFC 1982).
    private static func isBehind(_ served: Served, in zone: [Served]) -> Bool {
        guard let serial = served.serial else { return false }
        return zone.contains { $0.serial?.isNewer(than: serial) ?? false }
    }

    /// The answers of a zone that none is newer than: by serial, and by what is known to have been there before.
    private static func leading(_ zone: [Served], since known: [PreviousRRset]) -> [Served] {
        let newest = zone.filter { !isBehind($0, in: zone) }
        let current = newest.filter { one in
            !one.answer.isFinal || !known.contains { $0.matches(one.answer.values) }
        }
        return current.isEmpty ? newest : current
    }

    /// What these answers say when they agree, or the union of it when they do not.
    private static func agreement(_ leading: [Served]) -> Expectation? {
        let sets = Set(leading.map(\.answer).filter(\.isFinal).map(\.values))
        guard !sets.isEmpty else { return nil }
        let union = sets.reduce(into: Set<RecordData>()) { $0.formUnion($1) }
        return Expectation(
            source: .authoritative, values: union.sorted().map(ExpectedValue.data),
            match: sets.count == 1 ? .exact : .subset, mayBeAbsent: sets.contains([]))
    }

    /// Whether an address with this serial has an older one than another of the same zone.
    package func isBehind(_ serial: SOASerial?, at question: Question) -> Bool {
        guard let serial else { return false }
        return zones[question, default: []].contains { $0.serial?.isNewer(than: serial) ?? false }
    }

    /// The longest that a cache may have been told to keep what stands at this place of the chain.
    package func ttlLimit(at position: Int, for values: Set<RecordData>) -> TTL? {
        let published = position < chain.links.count ? chain.links[position].ttl : ttl
        let before = previous.filter { $0.matches(values) }.compactMap(\.ttl).max()
        return [published, before].compactMap { $0 }.max()
    }

    /// Whether an alias to `target` is part of the chain that was followed, or of servers that vary.
    package func isRightAlias(_ target: DomainName, for question: Question) -> Bool {
        chain.links.contains { $0.target == target } && !chain.isLoop || variations.contains(question)
    }
}
