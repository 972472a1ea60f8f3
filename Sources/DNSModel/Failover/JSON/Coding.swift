import FoundationEssentials

/// Values whose JSON is their text.
protocol CodedAsText: Codable, CodingKeyRepresentable {
    var codedText: String { get }
    init?(codedText: String)
}

extension CodedAsText {
    package init(from decoder: any Decoder) throws { self = try Self.decoded(from: decoder) }

    package func encode(to encoder: any Encoder) throws { try encodeText(to: encoder) }

    fileprivate static func decoded(from decoder: any Decoder) throws -> Self {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(codedText: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is no \(Self.self)")
        }
        return value
    }

    fileprivate func encodeText(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(codedText)
    }

    package var codingKey: any CodingKey { TextKey(codedText) }

    package init?(codingKey: some CodingKey) {
        self.init(codedText: codingKey.stringValue)
    }
}

private struct TextKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) { stringValue = text }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension SchemeName: CodedAsText {
    var codedText: String { text }
    init(codedText: String) { self.init(codedText) }
}

extension ServerName: CodedAsText {
    var codedText: String { text }
    init(codedText: String) { self.init(codedText) }
}

extension DomainName: CodedAsText {
    var codedText: String { description }
    init?(codedText: String) {
        guard let name = try? DomainName(codedText) else { return nil }
        self = name
    }
}

extension RecordType: CodedAsText {
    var codedText: String { description }
    init?(codedText: String) { self.init(codedText) }

    // Else the number would stand for it, as for every other RawRepresentable.
    package init(from decoder: any Decoder) throws { self = try Self.decoded(from: decoder) }
    package func encode(to encoder: any Encoder) throws { try encodeText(to: encoder) }
    package var codingKey: any CodingKey { TextKey(codedText) }
    package init?(codingKey: some CodingKey) { self.init(codingKey.stringValue) }
}

extension IPAddress: CodedAsText {
    var codedText: String { description }
    init?(codedText: String) { self.init(codedText) }
}

/// An address is its text; other data are an object of type, octets and text.
extension RecordData: Codable {
    private enum CodingKeys: String, CodingKey {
        case type, octets, text
    }

    package init(from decoder: any Decoder) throws {
        if let address = try? IPAddress(from: decoder) {
            self.init(address)
        } else {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                type: try container.decode(RecordType.self, forKey: .type),
                octets: try container.decode([UInt8].self, forKey: .octets),
                text: try container.decode(String.self, forKey: .text))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        if let address { return try address.encode(to: encoder) }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        try container.encode(octets, forKey: .octets)
        try container.encode(text, forKey: .text)
    }
}

extension TTL: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(UInt32.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(seconds)
    }
}

extension ChangeNumber: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
