import DNSModel

/// A query for `a.` and replies to it, put together by hand.
package enum HandMade {
    package static let query = FakeQuery(octets: [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 97, 0, 0, 1, 0, 1])
    package static let question = Question(DomainName(validatedWire: [1, 97, 0]), .a)

    /// Sets the counts of a message, which `FakeQuery.reply` makes true.
    package static func counted(_ octets: [UInt8], questions: UInt8 = 1, answers: UInt16) -> [UInt8] {
        var octets = octets
        octets[5] = questions
        octets[6] = UInt8(answers >> 8)
        octets[7] = UInt8(answers & 0xFF)
        return octets
    }
}
