import CLDNS
import DNSModel

extension RecordFields {
    /// Whether the text can be told from the canonical octets, when somebody wants to see it.
    func textFollows(from octets: [UInt8], of type: RecordType) -> Bool {
        switch type {
        case .a: octets.count == 4
        case .aaaa: octets.count == 16
        case .ns, .cname, .ptr, .dname: self[0].elementsEqual(octets)
        default: false
        }
    }

    /// Presentation format. The commonest types are written here; ldns writes those it is known to write well, and all
    /// others are shown as octets (RFC 3597 §5).
    func text(of type: RecordType, _ octets: [UInt8]) -> String {
        switch type {
        case .ns, .cname, .ptr, .dname: return DomainName(validatedWire: Array(self[0])).description
        case .txt, .spf: return (0..<count).map { Self.quoted(self[$0].dropFirst()) }.joined(separator: " ")
        case .svcb, .https: return serviceText ?? Self.generic(octets)
        default: return (type.isWrittenByLDNS ? ldnsText : nil) ?? Self.generic(octets)
        }
    }

    /// Nil also where ldns leaves as it stands what ends or groups fields when it is read again (RFC 1035 §5.1).
    private var serviceText: String? {
        guard let text = ldnsText, !text.utf8.contains(where: "();".utf8.contains) else { return nil }
        return text
    }

    /// The fields as ldns writes them; nil when it refuses one.
    private var ldnsText: String? {
        guard let buffer = ldns_buffer_new(512) else { return nil }
        defer { ldns_buffer_free(buffer) }
        for index in 0..<count {
            if index > 0 { ldns_buffer_write_u8(buffer, UInt8(ascii: " ")) }
            guard ldns_rdf2buffer_str(buffer, field(index)) == LDNS_STATUS_OK else { return nil }
        }
        let octets = UnsafeRawBufferPointer(start: ldns_buffer_begin(buffer), count: ldns_buffer_position(buffer))
        // Type bitmaps and prefixes end with a blank.
        let end = octets.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? 0
        return String(decoding: octets[..<end], as: UTF8.self)
    }

    /// A character-string in quotes (RFC 1035 §5.1).
    private static func quoted(_ octets: some Sequence<UInt8>) -> String {
        var text = [UInt8(ascii: "\"")]
        for octet in octets {
            switch octet {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), octet]
            case 0x20..<0x7F: text.append(octet)
            default: text += [UInt8(ascii: "\\"), 48 + octet / 100, 48 + octet / 10 % 10, 48 + octet % 10]
            }
        }
        return String(decoding: text + [UInt8(ascii: "\"")], as: UTF8.self)
    }

    /// `\# 4 0A000001`.
    private static func generic(_ octets: [UInt8]) -> String {
        guard !octets.isEmpty else { return "\\# 0" }
        let digits = Array("0123456789ABCDEF".utf8)
        let hex = octets.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "\\# " + String(octets.count) + " " + String(decoding: hex, as: UTF8.self)
    }
}

extension RecordType {
    static let spf = RecordType(rawValue: 99)

    /// Whether ldns's text is safe and sound for whatever passes the gate. Not among them: WKS, which costs seconds, and
    /// types that nobody publishes.
    fileprivate var isWrittenByLDNS: Bool {
        switch rawValue {
        case 6, 13...15, 17, 18, 21, 26, 29, 33, 35...37, 42...44, 46...53, 59...63, 104...109, 256, 257: true
        default: false
        }
    }
}
