import DNSModel

/// A message that a fake server received, and replies to it.
package struct FakeQuery: Sendable {
    package let octets: [UInt8]
    package let transport: Endpoint.Transport
    /// How many messages came before it.
    package let number: Int
    /// The port it came from.
    package let sourcePort: UInt16

    package init(octets: [UInt8], transport: Endpoint.Transport = .udp, number: Int = 0, sourcePort: UInt16 = 0) {
        self.octets = octets
        self.transport = transport
        self.number = number
        self.sourcePort = sourcePort
    }

    package var id: UInt16 { UInt16(octets[0]) << 8 | UInt16(octets[1]) }
    package var hasEDNS: Bool { octets[11] > 0 }

    /// The question section: name, type and class.
    package var question: ArraySlice<UInt8> {
        let nameLength = octets[12...].prefix { $0 != 0 }.count + 1
        return octets[12..<12 + nameLength + 4]
    }

    /// The first label of the name that is asked.
    package var firstLabel: String { String(decoding: octets[13..<13 + Int(octets[12])], as: UTF8.self) }

    /// A reply with the query's ID and question.
    ///
    /// `flags` are the header's second word without the response code; QR and AA when left out.
    package func reply(
        rcode: UInt8 = 0, flags: UInt16 = 0x8400, answers: [[UInt8]] = [], authority: [[UInt8]] = [],
        additional: [[UInt8]] = []
    ) -> [UInt8] {
        var message = Array(octets[..<2]) + [UInt8(flags >> 8), UInt8(flags & 0xF0) | rcode, 0, 1]
        for section in [answers, authority, additional] {
            message += [UInt8(section.count >> 8), UInt8(section.count & 0xFF)]
        }
        return message + question + (answers + authority + additional).flatMap(\.self)
    }

    /// A reply with one A record.
    package func answer(_ address: [UInt8] = [192, 0, 2, 1]) -> [UInt8] {
        reply(answers: [Self.record(type: 1, data: address)])
    }

    /// A record of the name that is asked, or of another owner.
    package static func record(
        owner: [UInt8] = [0xC0, 12], type: UInt16, recordClass: UInt16 = 1, ttl: UInt32 = 300, data: [UInt8]
    ) -> [UInt8] {
        let fixed: [UInt8] = [
            UInt8(type >> 8), UInt8(type & 0xFF), UInt8(recordClass >> 8), UInt8(recordClass & 0xFF),
            UInt8(ttl >> 24), UInt8(ttl >> 16 & 0xFF), UInt8(ttl >> 8 & 0xFF), UInt8(ttl & 0xFF),
            UInt8(data.count >> 8), UInt8(data.count & 0xFF),
        ]
        return owner + fixed + data
    }

    /// An OPT record with options, each a code and its data.
    package static func opt(extendedCode: UInt8 = 0, _ options: [(UInt16, [UInt8])] = []) -> [UInt8] {
        let data = options.flatMap { code, data in
            [UInt8(code >> 8), UInt8(code & 0xFF), UInt8(data.count >> 8), UInt8(data.count & 0xFF)] + data
        }
        return record(owner: [0], type: 41, recordClass: 1232, ttl: UInt32(extendedCode) << 24, data: data)
    }
}
