/// One value that an answer is compared with, of a kind that fits the type that is asked.
package enum ExpectedValue: Hashable, Sendable {
    case address(IPAddress)
    /// Any address in it.
    case network(IPPrefix)
    /// Presentation format; for TXT also the bare text.
    case text(String)
    /// What a server really published.
    case data(RecordData)

    package func matches(_ other: RecordData) -> Bool {
        switch self {
        case .address(let address): other.address == address
        case .network(let network): other.address.map(network.contains) ?? false
        case .text(let text): Self.matches(text, other)
        case .data(let data): other == data
        }
    }
}

extension ExpectedValue: CustomStringConvertible {
    package var description: String {
        switch self {
        case .address(let address): address.description
        case .network(let network): network.description
        case .text(let text): text
        case .data(let data): data.text
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
