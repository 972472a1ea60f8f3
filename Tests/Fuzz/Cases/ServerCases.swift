import DNSModel

@testable import Wire

/// Messages as a primary server's signed answers, and as queries to the built-in name server.
struct ServerCases {
    private let seeds: [SeedMessage]
    private let key: TSIGKey
    private let zone: ServedZone

    /// The request that the answers are taken to belong to has this signature: any would do, since none can match.
    private static let mac = [0, 32] + Array(UInt8(0)..<32)

    init() throws(FuzzFailure) {
        let apex = try required(try? DomainName("sandbox.test"))
        let question = Question(apex, .txt)
        key = try required(try? TSIGKey(parsing: "hmac-sha256:key:c2hhMjU2IGtleSBvZiB0ZXN0cyE="))
        var zone = ServedZone(apex: apex, address: try required(IPAddress("127.0.0.1")), negativeTTL: TTL(5))
        let texts = (0..<30).map { "\($0) \(String(repeating: "x", count: 50))" }
        let values = Set(texts.compactMap { try? RecordData(parsing: $0, type: .txt) })
        zone.put(ServedZone.RRset(values: values, ttl: TTL(5)), apex, .txt)
        self.zone = zone
        let query = OutgoingPacket(question, id: 0)
        let answer = zone.reply(to: try required(query.octets()), overUDP: false)
        try require((try? query.sign(with: key)) != nil, "a query can be signed")
        seeds = try [query.octets(), answer].map { octets throws(FuzzFailure) in
            try required(SeedMessage(try required(octets)))
        }
    }

    /// Throws when the gate lets through what ldns cannot read, a forgery is believed, or a reply is none.
    func perform(seed: UInt64, _ number: Int) throws(FuzzFailure) {
        var dice = Dice(seed: ~seed, number: number)
        let octets = Mutant(of: seeds, using: &dice).octets
        try readAnswer(octets)
        try answerQuery(octets)
    }

    private func readAnswer(_ octets: [UInt8]) throws(FuzzFailure) {
        do throws(PacketDefect) {
            try PacketGate.checkPrimary(octets.span)
            let check = try TSIGCheck(octets, key: key, requestMAC: Self.mac)
            if check == .authentic { throw .undecodable("a forged signature is believed") }
        } catch .undecodable(let reason) {
            throw FuzzFailure("what passed the gate: \(reason)")
        } catch {
            // Refused, as most are.
        }
    }

    private func answerQuery(_ octets: [UInt8]) throws(FuzzFailure) {
        var query = octets
        // A query with no sections but the additional one.
        if query.count >= 12 {
            query[2] &= 0x07
            for index in 6..<10 { query[index] = 0 }
        }
        for query in [octets, query] {
            guard let reply = zone.reply(to: query, overUDP: true) else { continue }
            try require(reply.count >= 12 && reply.count <= 1232, "a datagram of \(reply.count) octets")
            try require(reply[..<2] == query[..<2] && reply[2] & 0x80 != 0, "a reply has the query's ID")
            try require(query[2] & 0x80 == 0, "replies get no reply")
        }
    }
}

/// Throws for what cannot be missing.
private func required<Value>(_ value: Value?) throws(FuzzFailure) -> Value {
    guard let value else { throw FuzzFailure("a seed cannot be made") }
    return value
}
