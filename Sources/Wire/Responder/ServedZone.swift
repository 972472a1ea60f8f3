import DNSModel

/// The contents of one small zone and what an authoritative server says of them (RFC 1034 §4.3.2). Every change raises the
/// serial. It has neither wildcards nor delegations.
struct ServedZone: Sendable {
    /// What stands in an answer besides the question.
    struct Answer: Hashable, Sendable {
        var rcode = ResponseCode.noError
        var isAuthoritative = true
        var answer: [Record] = []
        var authority: [Record] = []
        var additional: [Record] = []
    }

    private struct Key: Hashable {
        let name: DomainName
        let type: RecordType
    }

    let apex: DomainName
    /// How long answers that there is nothing may be kept, and the TTL of SOA and NS.
    let negativeTTL: TTL
    private(set) var serial: UInt32 = 1
    private var rrsets: [Key: RRset] = [:]
    /// How many RRsets each name has; a name above one that has some exists, too.
    private var names: Set<DomainName> = []

    /// A longer chain of aliases is not followed.
    private static let chainLimit = 16

    /// A zone with its SOA and NS records; its name server, `ns` below the apex, has `address`.
    init(apex: DomainName, address: IPAddress, negativeTTL: TTL) {
        self.apex = apex
        self.negativeTTL = negativeTTL
        let nameserver = Self.name("ns", in: apex)
        put(RRset(values: [RecordData(type: .ns, name: nameserver)], ttl: negativeTTL), apex, .ns)
        put(RRset(values: [RecordData(address)], ttl: negativeTTL), nameserver, address.family.recordType)
    }

    subscript(name: DomainName, type: RecordType) -> RRset? { rrsets[Key(name: name, type: type)] }

    /// Makes the RRset that, or takes it away without values.
    mutating func put(_ rrset: RRset, _ name: DomainName, _ type: RecordType) {
        rrsets[Key(name: name, type: type)] = rrset.values.isEmpty ? nil : rrset
        serial &+= 1
        names = [apex]
        for key in rrsets.keys {
            var name = key.name
            while name != apex, names.insert(name).inserted, let parent = name.parent { name = parent }
        }
    }

    func answer(to question: Question) -> Answer {
        guard question.recordClass == 1, question.name.isSubdomain(of: apex), !question.type.isTransfer else {
            return Answer(rcode: .refused, isAuthoritative: false)
        }
        var answer = Answer()
        var name = question.name
        for _ in 0..<Self.chainLimit {
            let found = records(name, question.type)
            answer.answer += found
            guard found.isEmpty else { break }
            guard let alias = self[name, .cname], let target = alias.values.first?.name else {
                answer.rcode = names.contains(name) ? .noError : .nxDomain
                answer.authority = [soa]
                break
            }
            answer.answer += alias.records(name)
            guard target.isSubdomain(of: apex) else { break }
            name = target
        }
        return answer
    }

    private func records(_ name: DomainName, _ type: RecordType) -> [Record] {
        if type == .any {
            let all = rrsets.filter { $0.key.name == name }.sorted { $0.key.type.rawValue < $1.key.type.rawValue }
            return (name == apex ? [soa] : []) + all.flatMap { $0.value.records(name) }
        }
        if type == .soa { return name == apex ? [soa] : [] }
        return self[name, type]?.records(name) ?? []
    }

    private var soa: Record {
        let names = [Self.name("ns", in: apex), Self.name("hostmaster", in: apex)]
        let numbers = [serial, 3600, 600, 86_400, negativeTTL.seconds]
        let octets = numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
        let text = (names.map { "\($0)." } + numbers.map(String.init)).joined(separator: " ")
        let data = RecordData(type: .soa, octets: names.flatMap(\.canonicalWire) + octets, text: text)
        return Record(owner: apex, ttl: negativeTTL, data: data)
    }

    private static func name(_ label: String, in apex: DomainName) -> DomainName {
        (try? DomainName(labels: [ArraySlice(label.utf8)] + apex.labels)) ?? apex
    }

    /// Values and their TTL under one name and type.
    struct RRset: Hashable, Sendable {
        var values: Set<RecordData>
        var ttl: TTL

        func records(_ owner: DomainName) -> [Record] {
            values.sorted().map { Record(owner: owner, ttl: ttl, data: $0) }
        }
    }
}

extension RecordType {
    /// AXFR and IXFR, and MAILB and MAILA, which nobody asks for.
    fileprivate var isTransfer: Bool { (251...254).contains(rawValue) }
}
