/// Why a text is no domain name.
package enum DomainNameError: Error, Equatable, CustomStringConvertible {
    case empty
    case emptyLabel
    case labelTooLong(String)
    case nameTooLong(octets: Int)
    case badEscape(String)
    case notAllowed(Character)

    package var description: String {
        switch self {
        case .empty: "is empty"
        case .emptyLabel: "has an empty label (two dots in a row, or a leading dot)"
        case .labelTooLong(let label): "has the label \"\(label.prefix(20))…\", which is longer than 63 octets"
        case .nameTooLong(let octets): "takes \(octets) octets on the wire; at most 255 fit (RFC 1035)"
        case .badEscape(let text): "has the bad escape \"\(text)\"; write \\. or \\DDD with DDD up to 255"
        case .notAllowed(let character): "has the character \"\(character)\", which a domain name cannot carry"
        }
    }
}

extension DomainName: CustomStringConvertible {
    /// Reads presentation format (RFC 1035 §5.1); a trailing dot may be left out, and labels outside ASCII become
    /// A-labels (RFC 5890 §2.3.2.1).
    package init(_ text: String) throws(DomainNameError) {
        guard !text.isEmpty else { throw .empty }
        if let wire = Self.wire(ofHostName: text.utf8) {
            self.init(validatedWire: wire)
            return
        }
        guard text != "." else {
            self = .root
            return
        }
        var labels: [[UInt8]] = []
        for label in try Self.splitLabels(text) {
            labels.append(try Self.octets(of: label))
        }
        try self.init(labels: labels)
    }

    /// The wire form of a name of letters, digits, hyphens and underscores, which most are; nil leaves any other, and all
    /// that is wrong, to the careful way.
    private static func wire(ofHostName text: String.UTF8View) -> [UInt8]? {
        var wire: [UInt8] = [0]
        wire.reserveCapacity(text.count + 2)
        var start = 0
        for octet in text {
            if octet == UInt8(ascii: ".") {
                guard wire[start] > 0 else { return nil }
                start = wire.count
                wire.append(0)
            } else {
                guard octet.isASCIIAlphanumeric || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_"),
                    wire[start] < 63
                else { return nil }
                wire[start] += 1
                wire.append(octet)
            }
        }
        if wire[start] > 0 { wire.append(0) }
        return (2...255).contains(wire.count) ? wire : nil
    }

    /// Presentation format without the trailing dot, except for the root.
    package var description: String {
        guard !isRoot else { return "." }
        // An octet takes four characters at most.
        return String(unsafeUninitializedCapacity: 4 * wire.count) { buffer in
            var end = 0
            for label in labels {
                if end > 0 { Self.write(UInt8(ascii: "."), to: buffer, at: &end) }
                for octet in label { Self.writeEscaped(octet, to: buffer, at: &end) }
            }
            return end
        }
    }

    /// Cuts at dots that are not escaped. IDNA's other full stops count as dots too (RFC 3490 §3.1).
    private static func splitLabels(_ text: String) throws(DomainNameError) -> [String] {
        var labels = [""]
        var escaped = false
        for character in text {
            if !escaped, ".\u{3002}\u{FF0E}\u{FF61}".contains(character) {
                labels.append("")
                continue
            }
            escaped = !escaped && character == "\\"
            labels[labels.count - 1].append(character)
        }
        if escaped { throw .badEscape("\\") }
        if labels.last == "" { labels.removeLast() }
        guard labels.allSatisfy({ !$0.isEmpty }) else { throw .emptyLabel }
        return labels
    }

    private static func octets(of label: String) throws(DomainNameError) -> [UInt8] {
        if !label.utf8.allSatisfy({ $0 < 0x80 }) { return try IDNA.aLabel(label) }
        var octets: [UInt8] = []
        var rest = Array(label.utf8)[...]
        while let octet = rest.popFirst() {
            if octet == UInt8(ascii: "\\") {
                octets.append(try unescape(&rest))
            } else if octet > 0x20, octet < 0x7F {
                octets.append(octet)
            } else {
                throw .notAllowed(Character(Unicode.Scalar(octet)))
            }
        }
        return octets
    }

    /// Reads what follows a backslash: three digits, or one character that is not a digit.
    private static func unescape(_ rest: inout ArraySlice<UInt8>) throws(DomainNameError) -> UInt8 {
        guard let first = rest.first else { throw .badEscape("\\") }
        guard first.isASCIIDigit else {
            rest.removeFirst()
            return first
        }
        let digits = rest.prefix(3)
        rest = rest.dropFirst(3)
        let text = String(decoding: digits, as: UTF8.self)
        guard digits.count == 3, let value = UInt8(text) else { throw .badEscape("\\" + text) }
        return value
    }

    private static func writeEscaped(_ octet: UInt8, to buffer: UnsafeMutableBufferPointer<UInt8>, at end: inout Int) {
        switch octet {
        case UInt8(ascii: "."), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: ";"), UInt8(ascii: "@"), UInt8(ascii: "$"):
            write(UInt8(ascii: "\\"), to: buffer, at: &end)
            write(octet, to: buffer, at: &end)
        case 0x21..<0x7F:
            write(octet, to: buffer, at: &end)
        default:
            write(UInt8(ascii: "\\"), to: buffer, at: &end)
            for divisor in [100, 10, 1] as [UInt8] {
                write(UInt8(ascii: "0") + octet / divisor % 10, to: buffer, at: &end)
            }
        }
    }

    private static func write(_ octet: UInt8, to buffer: UnsafeMutableBufferPointer<UInt8>, at end: inout Int) {
        buffer[end] = octet
        end += 1
    }
}

extension UInt8 {
    package var isASCIIDigit: Bool { self &- 0x30 < 10 }
    package var isASCIIAlphanumeric: Bool { isASCIIDigit || lowercasedASCII &- 0x61 < 26 }
}
