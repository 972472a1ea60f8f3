import CLDNS
import DNSModel

extension RecordData {
    /// Reads presentation format: an address for A, `10 mail.example.` for MX, `\# 4 0A000001` for any type (RFC 3597 §5).
    ///
    /// Names are absolute with or without their trailing dot. TXT without quotes is one text, spaces included; use
    /// `joiningStrings` to compare TXT without regard to how a text was cut.
    package init(parsing text: String, type: RecordType) throws(RecordTextError) {
        func refused(_ reason: String) -> RecordTextError { RecordTextError(type: type, text: text, reason: reason) }
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw refused("it has control characters")
        }
        guard type.isData else { throw refused("no record has this type") }
        let words = text.trimmed
        guard !words.isEmpty else { throw refused("it is empty") }
        guard words.hasBalancedQuotes || !words.hasPrefix("\"") && type == .txt else {
            throw refused("a quote is not closed")
        }
        if words.hasPrefix("\\#") {
            self = try Self.ldns(words, type, refused)
            return
        }
        switch type {
        case .a, .aaaa:
            guard let address = IPAddress(words), address.family.recordType == type else {
                throw refused("expected an \(type == .a ? "IPv4" : "IPv6") address")
            }
            self.init(address)
        case .ns, .cname, .ptr, .dname:
            do throws(DomainNameError) {
                self.init(type: type, name: try DomainName(words))
            } catch {
                throw refused("the name " + error.description)
            }
        case .txt, .spf:
            self = try Self.ldns(words.hasPrefix("\"") ? words : Self.quotedStrings(words), type, refused)
        default:
            self = try Self.ldns(words, type, refused)
        }
    }

    private static func ldns(
        _ words: String, _ type: RecordType, _ refused: (String) -> RecordTextError
    ) throws(RecordTextError) -> RecordData {
        var record: UnsafeMutablePointer<ldns_rr>?
        // TYPEn, since ldns does not know all mnemonics; the root as owner and origin makes names absolute.
        let line = ". 0 IN TYPE\(type.rawValue) \(words)"
        let status = ldns_rr_new_frm_str(&record, line, 0, nil, nil)
        defer { ldns_rr_free(record) }
        guard status == LDNS_STATUS_OK, let record else {
            throw refused(words.hasPrefix("\\#") ? "the octets do not fit" : reason(status))
        }
        let data = RecordData(record)
        guard PacketGate.accepts(data) else { throw refused("the data do not fit the type") }
        return data
    }

    private static func reason(_ status: ldns_status) -> String {
        guard let message = ldns_get_errorstr_by_id(status) else { return "it cannot be read" }
        return String(cString: message)
    }

    /// Puts a text in quotes, cut where a character-string is full (RFC 1035 §3.3). Backslash escapes keep their meaning.
    private static func quotedStrings(_ text: String) -> String {
        var strings: [[UInt8]] = [[]]
        var length = 0
        var rest = Array(text.utf8)[...]
        while let unit = takeUnit(&rest) {
            if length == 255 {
                strings.append([])
                length = 0
            }
            strings[strings.count - 1] += unit
            length += 1
        }
        return strings.map { "\"" + String(decoding: $0, as: UTF8.self) + "\"" }.joined(separator: " ")
    }

    /// Takes what stands for one octet, written so that ldns reads it back in quotes.
    private static func takeUnit(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard let first = rest.popFirst() else { return nil }
        let backslash = UInt8(ascii: "\\")
        switch first {
        case UInt8(ascii: "\""): return [backslash, first]
        case backslash where rest.isEmpty: return [backslash, backslash]
        case backslash:
            let count = rest.first?.isASCIIDigit == true ? 3 : 1
            defer { rest = rest.dropFirst(count) }
            return [backslash] + rest.prefix(count)
        case 0x80...: return [backslash, 48 + first / 100, 48 + first / 10 % 10, 48 + first % 10]
        default: return [first]
        }
    }
}

extension String {
    /// Whether each quotation mark that is not escaped has another.
    fileprivate var hasBalancedQuotes: Bool {
        var isOpen = false
        var isEscaped = false
        for octet in utf8 {
            if octet == UInt8(ascii: "\""), !isEscaped { isOpen.toggle() }
            isEscaped = octet == UInt8(ascii: "\\") && !isEscaped
        }
        return !isOpen
    }

    /// Without blanks at its ends.
    fileprivate var trimmed: String {
        let text = drop { $0 == " " }
        return String(text.prefix(upTo: text.lastIndex { $0 != " " }.map(text.index(after:)) ?? text.startIndex))
    }
}
