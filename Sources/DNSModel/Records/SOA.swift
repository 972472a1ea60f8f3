/// A zone's serial number (RFC 1982).
package struct SOASerial: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt32

    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Whether this serial comes after the other in sequence space. Neither is newer when they lie exactly 2³¹ apart.
    package func isNewer(than other: SOASerial) -> Bool {
        let distance = rawValue &- other.rawValue
        return distance != 0 && distance < 1 << 31
    }

    package var description: String { String(rawValue) }
}

/// The fields of an SOA record (RFC 1035 §3.3.13).
package struct SOA: Hashable, Sendable {
    package let primary: DomainName
    package let serial: SOASerial
    package let refresh: TTL
    package let retry: TTL
    package let expire: TTL
    package let minimum: TTL

    /// Reads uncompressed SOA data; nil for another type or when the fields are not all there.
    package init?(_ data: RecordData) {
        guard data.type == .soa, let primary = Self.name(at: 0, in: data.octets),
            let mailbox = Self.name(at: primary.wire.count, in: data.octets)
        else { return nil }
        let fields = data.octets.dropFirst(primary.wire.count + mailbox.wire.count)
        guard fields.count == 20 else { return nil }
        func word(_ index: Int) -> UInt32 {
            fields.dropFirst(4 * index).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        }
        self.primary = primary
        serial = SOASerial(word(0))
        refresh = TTL(word(1))
        retry = TTL(word(2))
        expire = TTL(word(3))
        minimum = TTL(word(4))
    }

    private static func name(at start: Int, in octets: [UInt8]) -> DomainName? {
        var index = start
        while index < octets.count {
            if octets[index] == 0 { return DomainName(validatedWire: Array(octets[start...index])) }
            index += 1 + Int(octets[index])
        }
        return nil
    }
}
