import DNSModel

extension ServedZone {
    /// What may be sent over UDP at most, whatever the client takes: more would be cut into fragments on the way.
    static let largestDatagram: UInt16 = 1232

    /// The reply to a message, nil for none; over UDP cut to what the client takes.
    func reply(to octets: [UInt8], overUDP: Bool) -> [UInt8]? {
        do throws(IncomingQuery.Defect) {
            let query = try IncomingQuery(octets)
            return reply(to: query, limit: overUDP ? query.datagramLimit : 65_535)
        } catch {
            guard case .refused(let code) = error else { return nil }
            // ID, opcode and RD are the query's; what else it says may not even be readable.
            return octets[..<2] + [octets[2] & 0x79 | 0x80, UInt8(code.rawValue), 0, 0, 0, 0, 0, 0, 0, 0]
        }
    }

    private func reply(to query: IncomingQuery, limit: Int) -> [UInt8]? {
        guard query.ednsVersion == 0 else {
            return OutgoingPacket(Answer(rcode: .badVers, isAuthoritative: false), to: query).octets()
        }
        let answer = answer(to: query.question)
        if let octets = OutgoingPacket(answer, to: query).octets(), octets.count <= limit { return octets }
        let cut = Answer(rcode: answer.rcode, isAuthoritative: answer.isAuthoritative)
        return OutgoingPacket(cut, to: query, isTruncated: true).octets()
    }
}

extension IncomingQuery {
    /// RFC 6891 §6.2.3: less than 512 octets count as 512.
    fileprivate var datagramLimit: Int { Int(min(max(payloadSize ?? 512, 512), ServedZone.largestDatagram)) }
}
