import DNSModel

/// DNS messages put together by hand, for tests that must not depend on the program's own encoding.
package enum PlainMessage {
    /// A query for A records with recursion desired, without EDNS.
    package static func query(_ name: String, id: UInt16) throws -> [UInt8] {
        let header: [UInt8] = [UInt8(id >> 8), UInt8(id & 0xFF), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
        return try header + DomainName(name).wire + [0, 1, 0, 1]
    }

    /// The answer to a query for one name's A records, whoever sent it: one record, and no EDNS.
    package static func answer(to query: [UInt8], address: [UInt8]) -> [UInt8] {
        let name = query.dropFirst(12).prefix { $0 != 0 }
        var answer = query.prefix(2) + [0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]
        answer += name + [0, 0, 1, 0, 1]
        // The question's name by pointer, A, IN, 300 s, 4 octets.
        return answer + [0xC0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4] + address
    }
}
