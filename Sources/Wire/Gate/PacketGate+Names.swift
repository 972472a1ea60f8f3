extension PacketGate {
    private static let longestName = 255
    /// More pointers in one name than any server writes.
    private static let pointerLimit = 32

    /// Passes the name at `offset`, and gives the length it has without compression.
    ///
    /// A pointer must lead to before the part of the name it stands in, so following them ends (RFC 1035 §4.1.4).
    @discardableResult
    mutating func skipName(_ octets: Span<UInt8>) throws(PacketDefect) -> Int {
        var position = offset
        var partStart = offset
        var length = 0
        var pointers = 0
        while true {
            guard position < octets.count else { throw .truncated }
            let octet = Int(octets[position])
            if octet < 0x40 {
                length += 1 + octet
                position += 1 + octet
                guard length <= Self.longestName else { throw .badName }
                if octet > 0 { continue }
                if pointers == 0 { offset = position }
                return length
            }
            guard octet >= 0xC0 else { throw .badName }
            guard position + 1 < octets.count else { throw .truncated }
            if pointers == 0 { offset = position + 2 }
            let target = (octet & 0x3F) << 8 | Int(octets[position + 1])
            pointers += 1
            guard target >= 12, target < partStart, pointers <= Self.pointerLimit else { throw .badName }
            partStart = target
            position = target
        }
    }
}
