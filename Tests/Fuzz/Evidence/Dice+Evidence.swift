import DNSModel
import FoundationEssentials

extension Dice {
    /// Evidence in which the scene's first response is the answer of an authoritative server and of a resolver, unless
    /// everything is made up.
    mutating func evidence(of scene: Scene, isMadeUp: Bool = false) -> GatheredEvidence {
        let first = isMadeUp ? nil : scene.responses.first
        let least = isMadeUp ? 0 : 1
        var evidence = GatheredEvidence(
            question: scene.question, expectation: once(in: 2) { $0.expectation(in: scene) },
            previous: list(0...2) { $0.previous(in: scene) }, zones: list(0...2) { $0.zone(in: scene) },
            chain: once(in: 2) { $0.chain(in: scene) },
            authoritative: (0..<number(least...3)).map {
                observation(.authoritative, of: scene, number: $0, saying: $0 == 0 ? first : nil)
            },
            resolvers: (0..<number(least...7)).map {
                observation(.resolver, of: scene, number: $0, saying: $0 == 0 ? first : nil)
            },
            skippedFamilies: Set(some(of: [.ipv6])), findings: list(0...2) { $0.finding() }, walkAnswered: !oneIn(4),
            hiddenReason: once(in: 12) { $0.text() }, options: options(), startedAt: Scene.start, now: time())
        if oneIn(2) { evidence.memory = memory(evidence, scene) }
        return evidence
    }

    private mutating func options() -> GatheredEvidence.Options {
        var options = GatheredEvidence.Options()
        options.asksAuthoritative = !oneIn(6)
        options.asksAnyway = oneIn(3)
        options.minOperators = pick(nil, nil, 0, 1, 100)
        options.lagLimit = .seconds(pick(0, 120, 1_000_000))
        if oneIn(3) { options.warning = range() }
        if oneIn(3) { options.critical = range() }
        return options
    }

    private mutating func range() -> NagiosRange? {
        NagiosRange(pick("80:", "~:95", "@10:20", "100:", "0", "@0:0", "-5:99.95"))
    }

    private mutating func expectation(in scene: Scene) -> Expectation {
        let values = list(0...3) { $0.expectedValue(in: scene) }.compactMap(\.self)
        return Expectation(
            source: pick(.flag, .scheme), values: values, match: pick(.exact, .subset, .any), mayBeAbsent: oneIn(4))
    }

    private mutating func expectedValue(in scene: Scene) -> ExpectedValue? {
        guard let value = pick(from: scene.values) else { return oneIn(2) ? .text(text()) : nil }
        if let address = value.address {
            return pick(.address(address), IPPrefix(address, length: below(33)).map(ExpectedValue.network))
        }
        return pick(.data(value), .text(value.text), .text(text()))
    }

    private mutating func previous(in scene: Scene) -> PreviousRRset {
        if oneIn(2) { return PreviousRRset(Set(some(of: scene.values)), ttl: once(in: 2) { $0.ttl() }) }
        return PreviousRRset(given: list(0...2) { $0.expectedValue(in: scene) }.compactMap(\.self))
    }

    private mutating func chain(in scene: Scene) -> CNAMEChain {
        CNAMEChain(from: scene.question, in: (oneIn(2) ? response(in: scene) : scene.responses[0]).answer)
    }

    private mutating func zone(in scene: Scene) -> Zone {
        let names = some(of: Array(scene.names.prefix(5)))
        let addresses = (1...3).compactMap { IPAddress(octets: [198, 51, 100, $0]) }
        var known: [DomainName: Set<IPAddress>] { names.reduce(into: [:]) { $0[$1] = Set(addresses) } }
        return Zone(
            apex: pick(from: scene.names) ?? .root, parent: oneIn(3) ? nil : .root,
            nameservers: names.map { .init(name: $0, addresses: some(of: addresses)) },
            source: pick(.walk, .systemResolver, .given), parentNames: Set(some(of: names)),
            childNames: oneIn(3) ? nil : Set(some(of: names)), glue: oneIn(2) ? [:] : known,
            published: oneIn(2) ? [:] : known.mapValues { Set(some(of: Array($0))) })
    }

    private mutating func finding() -> Finding {
        Finding(
            code: "made-up", severity: pick(.note, .warning, .critical), subject: text(), detail: text(), advice: text()
        )
    }

    private mutating func memory(_ evidence: GatheredEvidence, _ scene: Scene) -> GatheredEvidence.Memory {
        var memory = GatheredEvidence.Memory()
        memory.replaced = list(0...2) { $0.previous(in: scene) }
        memory.gateOpenedAt = once(in: 2) { $0.time() }
        memory.isDeadlineOver = oneIn(4)
        for observation in evidence.authoritative where oneIn(2) { memory.laggingSince[observation.key] = time() }
        for observation in evidence.resolvers where oneIn(2) {
            memory.presumedSince[observation.key] = time()
            memory.promises[observation.key] = time()
        }
        return memory
    }
}
