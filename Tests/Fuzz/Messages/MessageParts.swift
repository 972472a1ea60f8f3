import DNSModel

/// A message taken apart.
///
/// Put together again its counts and lengths are true, but names that were compressed point to wherever they pointed
/// before.
struct MessageParts: Sendable {
    struct Record: Sendable {
        var owner: [UInt8]
        var type: UInt16
        var recordClass: UInt16
        var ttl: UInt32
        var data: [UInt8]

        static let optType: UInt16 = 41
    }

    /// The header's second word, response code included.
    var flags: UInt16
    var question: Question
    /// Answer, authority, additional.
    var sections: [[Record]]

    /// Nil for what is not well-formed, or has not one question.
    init?(_ octets: [UInt8]) {
        var reader = Reader(octets: octets[...])
        guard reader.take(2) != nil, let flags = reader.number(), reader.number() == 1 else { return nil }
        let counts = (0..<3).compactMap { _ in reader.number() }
        guard counts.count == 3, let name = reader.name(), name.last == 0, let type = reader.number(),
            let questionClass = reader.number()
        else { return nil }
        self.flags = flags
        question = Question(
            DomainName(validatedWire: name), RecordType(rawValue: type), recordClass: questionClass)
        sections = []
        for count in counts {
            let records = (0..<count).compactMap { _ in reader.record() }
            guard records.count == count else { return nil }
            sections.append(records)
        }
        guard reader.octets.isEmpty else { return nil }
    }

    /// The message, cut where TCP could carry no more.
    var octets: [UInt8] {
        var octets: [UInt8] = [0, 0] + flags.octets + UInt16(1).octets
        for section in sections { octets += UInt16(truncatingIfNeeded: section.count).octets }
        octets += question.octets
        for record in sections.joined() {
            octets += record.octets
            guard octets.count < 65_535 else { return Array(octets.prefix(65_535)) }
        }
        return octets
    }
}

extension MessageParts.Record {
    var octets: [UInt8] {
        owner + type.octets + recordClass.octets + UInt16(ttl >> 16).octets + UInt16(ttl & 0xFFFF).octets
            + UInt16(truncatingIfNeeded: data.count).octets + data
    }
}

extension UInt16 {
    /// In network order.
    var octets: [UInt8] { [UInt8(self >> 8), UInt8(self & 0xFF)] }
}

extension Question {
    /// The question section.
    var octets: [UInt8] { name.wire + type.rawValue.octets + recordClass.octets }
}

/// Reads a message from its beginning; nil where it ends too early.
private struct Reader {
    var octets: ArraySlice<UInt8>

    mutating func take(_ count: Int) -> [UInt8]? {
        guard octets.count >= count else { return nil }
        defer { octets = octets.dropFirst(count) }
        return Array(octets.prefix(count))
    }

    mutating func number() -> UInt16? { take(2).map { UInt16($0[0]) << 8 | UInt16($0[1]) } }

    /// A name as it stands there: labels up to the root's or a pointer.
    mutating func name() -> [UInt8]? {
        var name: [UInt8] = []
        while let length = octets.first {
            guard let part = take(length >= 0xC0 ? 2 : 1 + Int(length)) else { return nil }
            name += part
            if length == 0 || length >= 0xC0 { return name }
        }
        return nil
    }

    mutating func record() -> MessageParts.Record? {
        guard let owner = name(), let type = number(), let recordClass = number(), let high = number(),
            let low = number(), let length = number(), let data = take(Int(length))
        else { return nil }
        return MessageParts.Record(
            owner: owner, type: type, recordClass: recordClass, ttl: UInt32(high) << 16 | UInt32(low), data: data)
    }
}
