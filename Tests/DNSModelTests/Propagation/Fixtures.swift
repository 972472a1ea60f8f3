import DNSModel
import FoundationEssentials

/// What a server says in a test, and the observations and evidence made of it. The record is `cat.example A`, in the
/// zone `example`; the new value is 192.0.2.2, the old one 192.0.2.1.
enum Say: Sendable {
    case records([String], ttl: UInt32 = 300)
    /// Aliases in order, then addresses at the last.
    case aliases([(String, UInt32)], [String] = [], ttl: UInt32 = 300)
    case nxDomain(soa: UInt32? = 60)
    case noData(soa: UInt32? = 60)
    case rcode(ResponseCode)
    case referral(to: String)
    case silence(QueryFailure = .timeout)

    static let new = Say.records(["192.0.2.2"])
    static let old = Say.records(["192.0.2.1"])
    static func new(ttl: UInt32) -> Say { .records(["192.0.2.2"], ttl: ttl) }
    static func old(ttl: UInt32) -> Say { .records(["192.0.2.1"], ttl: ttl) }
}

let start = Date(timeIntervalSince1970: 1_800_000_000)
let cat = Question(name("cat.example"), .a)

func name(_ text: String) -> DomainName {
    guard let name = try? DomainName(text) else { preconditionFailure("a name in a test: \(text)") }
    return name
}

func address(_ text: String) -> IPAddress {
    guard let address = IPAddress(text) else { preconditionFailure("an address in a test: \(text)") }
    return address
}

func data(_ addresses: String...) -> Set<RecordData> { Set(addresses.map { RecordData(address($0)) }) }

func soa(_ serial: UInt32, minimum: UInt32 = 3600) -> RecordData {
    let names = name("ns1.example").canonicalWire + name("hostmaster.example").canonicalWire
    let numbers = [serial, 7200, 3600, 1_209_600, minimum].flatMap { number in
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }
    return RecordData(type: .soa, octets: names + numbers, text: "ns1.example. hostmaster.example. \(serial) …")
}

extension Say {
    func result(
        to question: Question = cat, flags: Response.Flags = [.response], ede: [ExtendedError] = [],
        version: UInt32? = nil
    ) -> Result<Response, QueryFailure> {
        if case .silence(let failure) = self { return .failure(failure) }
        var edns = EDNS(udpPayloadSize: 1232, extendedErrors: ede)
        edns.zoneVersion = version.map { ZoneVersion(labelCount: 1, serial: SOASerial($0)) }
        let (code, answer, authority) = parts(question)
        return .success(
            Response(
                flags: flags, rcode: code, question: question, answer: answer, authority: authority, edns: edns))
    }

    private func parts(_ question: Question) -> (ResponseCode, [Record], [Record]) {
        switch self {
        case .records(let values, let ttl): (.noError, Self.records(question.name, values, ttl), [])
        case .aliases(let links, let values, let ttl): (.noError, Self.chain(question.name, links, values, ttl), [])
        case .nxDomain(let ttl): (.nxDomain, [], Self.soaRecord(ttl))
        case .noData(let ttl): (.noError, [], Self.soaRecord(ttl))
        case .rcode(let code): (code, [], [])
        case .referral(let zone):
            (
                .noError, [],
                [
                    Record(
                        owner: name(zone), ttl: TTL(60),
                        data: RecordData(type: .ns, name: name("a.root-servers.example")))
                ]
            )
        case .silence: preconditionFailure("silence has no response")
        }
    }

    private static func records(_ owner: DomainName, _ values: [String], _ ttl: UInt32) -> [Record] {
        values.map { Record(owner: owner, ttl: TTL(ttl), data: RecordData(address($0))) }
    }

    private static func chain(
        _ owner: DomainName, _ links: [(String, UInt32)], _ values: [String], _ ttl: UInt32
    ) -> [Record] {
        var owner = owner
        var records: [Record] = []
        for (target, ttl) in links {
            records.append(
                Record(owner: owner, ttl: TTL(ttl), data: RecordData(type: .cname, name: name(target))))
            owner = name(target)
        }
        return records + Self.records(owner, values, ttl)
    }

    private static func soaRecord(_ ttl: UInt32?) -> [Record] {
        ttl.map { [Record(owner: name("example"), ttl: TTL($0), data: soa(1))] } ?? []
    }
}

extension Sample {
    /// A sample received `after` seconds into the test.
    init(_ say: Say, after seconds: Double = 0, ede: [UInt16] = [], flags: Response.Flags = [.response]) {
        self.init(
            receivedAt: start.addingTimeInterval(seconds), rtt: .milliseconds(20),
            result: say.result(flags: flags, ede: ede.map { ExtendedError(code: $0) }))
    }
}

extension Observation {
    /// An authoritative address: `ns1` is ns1.example at 192.0.2.51, `ns2` the next.
    static func authoritative(
        _ server: String, _ says: Say?, serial: UInt32? = 1, version: UInt32? = nil, question: Question = cat,
        flags: Response.Flags = [.response, .authoritative], address text: String? = nil, after seconds: Double = 0
    ) -> Observation {
        let at = address(text ?? "192.0.2.5\(server.last ?? "0")")
        let observed = ObservedServer(
            side: .authoritative, id: "\(server).example", label: "\(server).example", endpoint: Endpoint(at))
        let sample = says.map { says in
            Sample(
                receivedAt: start.addingTimeInterval(seconds), rtt: .milliseconds(10),
                result: says.result(to: question, flags: flags, version: version))
        }
        return Observation(
            server: observed, question: question, samples: sample.map { [$0] } ?? [], serial: serial.map(SOASerial.init)
        )
    }

    /// An address that the user named, and no delegation does.
    static func given(_ text: String, port: UInt16, _ says: Say) -> Observation {
        let endpoint = Endpoint(address(text), port: port)
        let server = ObservedServer(
            side: .authoritative, id: "\(endpoint)", label: "\(endpoint)", endpoint: endpoint, isGiven: true)
        return Observation(
            server: server, question: cat, samples: [Sample(says, flags: [.response, .authoritative])])
    }

    /// A resolver address of an operator with that identifier.
    static func resolver(
        _ id: String, _ samples: [Sample], address text: String = "198.51.100.1",
        patterns: Resolver.Identity = Resolver.Identity(), ttlCap: UInt32? = nil, blocksWithEmptyAuthority: Bool = false
    ) -> Observation {
        Observation(
            server: ObservedServer(
                side: .resolver, id: id, label: id.capitalizedFirst, operatorID: id, operatorName: id.capitalizedFirst,
                country: "CH", endpoint: Endpoint(address(text)), identityPatterns: patterns,
                ttlCap: ttlCap.map { TTL($0) },
                blocksWithEmptyAuthority: blocksWithEmptyAuthority),
            question: cat, samples: samples)
    }

    static func resolver(_ id: String, _ says: Say, after seconds: Double = 0) -> Observation {
        .resolver(id, [Sample(says, after: seconds)])
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension GatheredEvidence {
    /// Two authoritative servers that have the new value, unless told otherwise.
    static func of(
        _ authoritative: [Observation] = [.authoritative("ns1", .new), .authoritative("ns2", .new)],
        resolvers: [Observation] = [], after seconds: Double = 0,
        with change: (inout GatheredEvidence) -> Void = { _ in }
    ) -> GatheredEvidence {
        var evidence = GatheredEvidence(
            question: cat, authoritative: authoritative, resolvers: resolvers, startedAt: start,
            now: start.addingTimeInterval(seconds))
        change(&evidence)
        return evidence
    }
}

/// The operators of a test, each with the same answer.
func operators(_ count: Int, from first: Int = 1, _ says: Say) -> [Observation] {
    (first..<first + count).map { .resolver("operator\($0)", says) }
}

extension Expectation {
    static let newAddress = Expectation(source: .flag, values: [.address(address("192.0.2.2"))])
}
