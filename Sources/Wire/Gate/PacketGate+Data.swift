import DNSModel

extension PacketGate {
    /// What ldns allocates for one field besides its octets.
    private static let fieldCost = 64
    /// What an octet of a name costs: mostly the time to write it as text, with an escape.
    private static let nameCost = 24
    /// What an octet of a type bitmap costs, which stands for eight types' mnemonics.
    private static let bitmapCost = 120

    /// Passes the data of a record, which must fill the room up to `end` exactly.
    mutating func skipData(_ octets: Span<UInt8>, of type: UInt16, until end: Int) throws(PacketDefect) {
        let length = end - offset
        // The values' octets and text: escaped text takes up to four octets for one.
        cost += 5 * length
        guard let fields = RecordLayout.fields(of: type) else {
            cost += Self.fieldCost + length
            offset = end
            return
        }
        do throws(PacketDefect) {
            for field in fields { try skip(field, octets, until: end, of: length) }
            guard offset == end else { throw .badRecordData(type) }
        } catch {
            throw error == .tooLarge ? .tooLarge : .badRecordData(type)
        }
    }

    private mutating func skip(
        _ field: RecordLayout.Field, _ octets: Span<UInt8>, until end: Int, of length: Int
    ) throws(PacketDefect) {
        // ldns reserves the length of all the data for each field.
        cost += Self.fieldCost + length
        switch field {
        case .octets(let count): try advance(count, end)
        case .name: cost += Self.nameCost * (try skipName(octets))
        case .string: try skipString(octets, end)
        case .optionalString: if offset < end { try skipString(octets, end) }
        case .strings:
            repeat {
                try skipString(octets, end)
                cost += Self.fieldCost + length
                guard cost <= Self.budget else { throw .tooLarge }
            } while offset < end
        case .bitmap:
            cost += Self.bitmapCost * (end - offset)
            try skipBitmap(octets, end)
        case .serviceParameters: try skipServiceParameters(octets, end)
        case .prefixes: try skipPrefixes(octets, end)
        case .hostIdentity: try skipHostIdentity(octets, end)
        case .rest: offset = end
        }
        guard offset <= end else { throw .truncated }
    }

    private mutating func advance(_ count: Int, _ end: Int) throws(PacketDefect) {
        guard count <= end - offset else { throw .truncated }
        offset += count
    }

    private mutating func skipString(_ octets: Span<UInt8>, _ end: Int) throws(PacketDefect) {
        guard offset < end else { throw .truncated }
        try advance(1 + Int(octets[offset]), end)
    }

    private mutating func skipBitmap(_ octets: Span<UInt8>, _ end: Int) throws(PacketDefect) {
        var lastWindow = -1
        while offset < end {
            guard offset + 2 <= end else { throw .truncated }
            let (window, length) = (Int(octets[offset]), Int(octets[offset + 1]))
            guard window > lastWindow, (1...32).contains(length) else { throw .truncated }
            lastWindow = window
            try advance(2 + length, end)
        }
    }

    private mutating func skipServiceParameters(_ octets: Span<UInt8>, _ end: Int) throws(PacketDefect) {
        var lastKey = -1
        while offset < end {
            guard offset + 4 <= end else { throw .truncated }
            let key = Int(octets.number(at: offset))
            guard key > lastKey else { throw .truncated }
            lastKey = key
            try advance(4 + Int(octets.number(at: offset + 2)), end)
        }
    }

    private mutating func skipPrefixes(_ octets: Span<UInt8>, _ end: Int) throws(PacketDefect) {
        while offset < end {
            guard offset + 4 <= end else { throw .truncated }
            try advance(4 + Int(octets[offset + 3] & 0x7F), end)
        }
    }

    private mutating func skipHostIdentity(_ octets: Span<UInt8>, _ end: Int) throws(PacketDefect) {
        guard offset + 4 <= end else { throw .truncated }
        try advance(4 + Int(octets[offset]) + Int(octets.number(at: offset + 2)), end)
        while offset < end {
            cost += Self.fieldCost + Self.nameCost * (try skipName(octets))
            guard cost <= Self.budget else { throw .tooLarge }
        }
    }
}

extension PacketGate {
    /// Whether uncompressed data would pass as those of a record.
    static func accepts(_ data: RecordData) -> Bool {
        // Pointers have nowhere to lead to, since they must lead to the header's end or later.
        guard data.octets.count <= 65_535 else { return false }
        var gate = PacketGate(offset: 0)
        return (try? gate.skipData(data.octets.span, of: data.type.rawValue, until: data.octets.count)) != nil
    }
}
