/// One value that an answer may be compared with: record data, a range of addresses, or text as a person writes it.
package enum ExpectedValue: Sendable, Hashable {
    case data(RecordData)
    case prefix(IPPrefix)
    case text(String)

    package func matches(_ other: RecordData) -> Bool {
        switch self {
        case .data(let data): data == other
        case .prefix(let prefix): other.address.map(prefix.contains) ?? false
        case .text(let text): Self.matches(text, other)
        }
    }
}

extension ExpectedValue: CustomStringConvertible {
    package var description: String {
        switch self {
        case .data(let data): data.text
        case .prefix(let prefix): prefix.description
        case .text(let text): text
        }
    }
}

extension ExpectedValue {
    private static func matches(_ text: String, _ data: RecordData) -> Bool {
        if let joined = data.joinedStrings, joined.elementsEqual(text.utf8) { return true }
        return normalized(text) == normalized(data.text)
    }

    /// Presentation format without what does not matter in it: case, runs of blanks, and the dots that end names.
    private static func normalized(_ text: String) -> [Substring] {
        text.lowercased().split(whereSeparator: \.isWhitespace).map { word in
            word.count > 1 && word.hasSuffix(".") ? word.dropLast() : word
        }
    }
}

extension RecordData {
    /// The octets of a TXT record's character strings, joined; nil for other types (RFC 1035 §3.3.14).
    package var joinedStrings: [UInt8]? {
        guard type == .txt else { return nil }
        var joined: [UInt8] = []
        var index = 0
        while index < octets.count {
            let end = index + 1 + Int(octets[index])
            guard end <= octets.count else { return nil }
            joined += octets[index + 1..<end]
            index = end
        }
        return joined
    }
}
