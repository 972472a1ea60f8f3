import DNSModel

extension Dice {
    /// A response as some server might give it, right or wrong.
    mutating func response(in scene: Scene) -> Response {
        let name = scene.question.name
        switch below(9) {
        case 0...2: return response(scene, answer: records(of: name, scene))
        case 3: return response(scene, answer: aliases(scene) + records(of: pick(from: scene.names) ?? name, scene))
        case 4: return response(scene, rcode: .nxDomain, authority: absence(scene))
        case 5: return response(scene, authority: absence(scene))
        case 6: return response(scene, rcode: ResponseCode(rawValue: pick(1, 2, 4, 5, 16, edge16())))
        case 7:
            let zone = pick(from: scene.names) ?? name
            return response(scene, authority: list(1...3) { $0.nameserver(of: zone, scene) })
        default: return response(scene, answer: list(0...5) { $0.anyRecord(scene) })
        }
    }

    private mutating func response(
        _ scene: Scene, rcode: ResponseCode = .noError, answer: [Record] = [], authority: [Record] = []
    ) -> Response {
        var flags: Response.Flags = [.response]
        if oneIn(2) { flags.formUnion(.authoritative) }
        if oneIn(10) { flags = Response.Flags(rawValue: edge16()) }
        return Response(
            flags: flags, rcode: rcode, question: scene.question, answer: answer, authority: authority,
            additional: list(0...2) { $0.anyRecord(scene) }, edns: oneIn(3) ? nil : edns())
    }

    private mutating func records(of owner: DomainName, _ scene: Scene) -> [Record] {
        let ttl = ttl()
        return list(1...3) { dice in
            dice.pick(from: scene.values).map { Record(owner: owner, ttl: dice.oneIn(4) ? dice.ttl() : ttl, data: $0) }
        }.compactMap(\.self)
    }

    private mutating func aliases(_ scene: Scene) -> [Record] {
        var owner = scene.question.name
        return list(1...4) { dice in
            let target = dice.pick(from: scene.names) ?? owner
            defer { owner = target }
            let type = dice.oneIn(4) ? RecordType.dname : .cname
            return Record(owner: owner, ttl: dice.ttl(), data: RecordData(type: type, name: target))
        }
    }

    private mutating func anyRecord(_ scene: Scene) -> Record {
        let owner = pick(from: scene.names) ?? .root
        if oneIn(2), let value = pick(from: scene.values) { return Record(owner: owner, ttl: ttl(), data: value) }
        return pick(nameserver(of: owner, scene), soa(of: owner))
    }

    private mutating func nameserver(of zone: DomainName, _ scene: Scene) -> Record {
        Record(owner: zone, ttl: ttl(), data: RecordData(type: .ns, name: pick(from: scene.names) ?? .root))
    }

    private mutating func absence(_ scene: Scene) -> [Record] {
        oneIn(4) ? [] : [soa(of: pick(from: scene.names) ?? .root)]
    }

    private mutating func soa(of zone: DomainName) -> Record {
        let numbers = [serial().rawValue, edge32(), edge32(), edge32(), edge32()]
        let octets = numbers.flatMap { UInt16($0 >> 16).octets + UInt16($0 & 0xFFFF).octets }
        return Record(owner: zone, ttl: ttl(), data: RecordData(type: .soa, octets: [0, 0] + octets, text: ". . …"))
    }

    private mutating func edns() -> EDNS {
        EDNS(
            udpPayloadSize: edge16(), dnssecOK: oneIn(2), nsid: once(in: 3) { $0.octets($0.below(12)) },
            extendedErrors: list(0...2) { $0.extendedError() },
            zoneVersion: once(in: 3) { ZoneVersion(labelCount: $0.below(4), serial: $0.serial()) })
    }

    private mutating func extendedError() -> ExtendedError {
        ExtendedError(code: pick(3, 15, 17, 19, 22, edge16()), text: text())
    }

    mutating func ttl() -> TTL { TTL(edge32()) }

    /// Few, with neighbours, and some that lie across the end of sequence space.
    mutating func serial() -> SOASerial { SOASerial(pick(1, 2, 3, 2_026_112_101, 0x7FFF_FFFF, 0x8000_0001, .max)) }

    mutating func text() -> String { pick(from: Scene.oddTexts) ?? "" }
}
