/// Answers of primary servers differ from those of others: they may be signed, may leave the question out, and may repeat
/// what an update had in it (RFC 2136 §3.8).
extension PacketGate {
    private static let signature: UInt16 = 250
    private static let classNone: UInt16 = 254
    private static let classAny: UInt16 = 255

    /// Throws what is wrong with `octets` as the answer of a primary server to a query or an update.
    static func checkPrimary(_ octets: Span<UInt8>) throws(PacketDefect) {
        guard octets.count >= 12 else { throw .truncated }
        let questions = octets.number(at: 4)
        guard questions <= 1 else { throw .badCount("it has several questions") }
        var gate = PacketGate()
        if questions == 1 {
            try gate.skipName(octets)
            guard gate.offset + 4 <= octets.count else { throw .truncated }
            gate.offset += 4
        }
        for section in [6, 8, 10] {
            let count = octets.number(at: section)
            for index in 0..<count {
                let isLast = section == 10 && index == count - 1
                try gate.skipPrimaryRecord(octets, isAdditional: section == 10, isLast: isLast)
            }
        }
        guard gate.offset == octets.count else { throw .trailingOctets }
    }

    private mutating func skipPrimaryRecord(
        _ octets: Span<UInt8>, isAdditional: Bool, isLast: Bool
    ) throws(PacketDefect) {
        let record = try peekRecord(octets)
        switch (record.type, record.recordClass) {
        case (Self.signature, Self.classAny) where isLast:
            offset = record.dataStart
            try skipSignature(octets, until: record.end)
        case (Self.signature, _): throw .badRecordType(Self.signature)
        // The marks of an update: no data, and so nothing of it to read.
        case (_, Self.classAny), (_, Self.classNone):
            guard record.dataStart == record.end, !isAdditional else { throw .badRecordClass(record.recordClass) }
            offset = record.end
        default: try skipRecord(octets, isAdditional: isAdditional)
        }
    }

    /// Name of the algorithm, time, fudge, MAC, original ID, error, other data (RFC 8945 §4.2).
    private mutating func skipSignature(_ octets: Span<UInt8>, until end: Int) throws(PacketDefect) {
        try skipName(octets)
        for fixed in [8, 4] {
            offset += fixed
            guard offset + 2 <= end else { throw .badRecordData(Self.signature) }
            offset += 2 + Int(octets.number(at: offset))
        }
        guard offset == end else { throw .badRecordData(Self.signature) }
    }

    private func peekRecord(
        _ octets: Span<UInt8>
    ) throws(PacketDefect) -> (type: UInt16, recordClass: UInt16, dataStart: Int, end: Int) {
        var ahead = self
        try ahead.skipName(octets)
        let start = ahead.offset + 10
        guard start <= octets.count else { throw .truncated }
        let end = start + Int(octets.number(at: start - 2))
        guard end <= octets.count else { throw .truncated }
        return (octets.number(at: start - 10), octets.number(at: start - 8), start, end)
    }
}
