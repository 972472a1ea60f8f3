/// What every message must pass before ldns sees it: counts that are true, names and data that stay inside their bounds,
/// and a size, once decoded, that cannot hurt. It reads each octet a bounded number of times and allocates nothing.
package struct PacketGate {
    /// What decoding may cost: about so many octets of memory, and the time that goes with them.
    static let budget = 1_700_000

    /// Where the walk has come to.
    var offset = 12
    /// What decoding will cost so far, in octets.
    var cost = 0
    private var hasOPT = false
    private let questionClass: UInt16

    /// Throws what is wrong with `octets` as a reply to one question.
    package static func check(_ octets: Span<UInt8>) throws(PacketDefect) {
        guard octets.count >= 12 else { throw .truncated }
        guard octets.number(at: 4) == 1 else { throw .badCount("it has not one question") }
        var gate = PacketGate(questionClass: 0)
        try gate.skipName(octets)
        guard gate.offset + 4 <= octets.count else { throw .truncated }
        gate = PacketGate(questionClass: octets.number(at: gate.offset + 2), offset: gate.offset + 4)
        for section in [6, 8, 10] {
            for _ in 0..<octets.number(at: section) {
                try gate.skipRecord(octets, isAdditional: section == 10)
            }
        }
        guard gate.offset == octets.count else { throw .trailingOctets }
    }

    init(questionClass: UInt16 = 1, offset: Int = 12) {
        self.questionClass = questionClass
        self.offset = offset
    }

    mutating func skipRecord(_ octets: Span<UInt8>, isAdditional: Bool) throws(PacketDefect) {
        let start = offset
        let ownerLength = try skipName(octets)
        guard offset + 10 <= octets.count else { throw .truncated }
        let type = octets.number(at: offset)
        let recordClass = octets.number(at: offset + 2)
        let end = offset + 10 + Int(octets.number(at: offset + 8))
        guard end <= octets.count else { throw .truncated }
        offset += 10
        if type == 41 {
            guard isAdditional, !hasOPT, octets[start] == 0 else { throw .badOPT }
            hasOPT = true
            try skipOptions(octets, until: end)
        } else {
            try checkKind(type, recordClass)
            try skipData(octets, of: type, until: end)
        }
        // Two allocations by ldns for the record and two for its owner, and what the values take.
        cost += 240 + 2 * ownerLength
        guard cost <= Self.budget else { throw .tooLarge }
    }

    /// Query types, signatures of transactions and the like never stand in an answer; the class is the question's.
    private func checkKind(_ type: UInt16, _ recordClass: UInt16) throws(PacketDefect) {
        guard type != 0, !(249...255).contains(type) else { throw .badRecordType(type) }
        guard recordClass == questionClass || questionClass == 255 else { throw .badRecordClass(recordClass) }
    }

    private mutating func skipOptions(_ octets: Span<UInt8>, until end: Int) throws(PacketDefect) {
        cost += end - offset
        while offset < end {
            guard offset + 4 <= end else { throw .badOPT }
            offset += 4 + Int(octets.number(at: offset + 2))
            cost += 80
        }
        guard offset == end else { throw .badOPT }
    }
}

extension Span<UInt8> {
    /// Two octets in network order.
    func number(at offset: Int) -> UInt16 {
        UInt16(self[offset]) << 8 | UInt16(self[offset + 1])
    }
}
