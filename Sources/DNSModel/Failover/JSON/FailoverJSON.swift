import FoundationEssentials

/// The JSON of the journal: what is written can be read back as the very same value, times included.
package enum FailoverJSON {
    /// One line, its keys in alphabetical order.
    package static func text(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    package static func value<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

/// An event with its number and time, as a journal keeps it: handed to a controller again, it gives the same actions.
package struct FailoverOccurrence: Hashable, Sendable, Codable {
    package let number: ChangeNumber
    package let at: Date
    package let event: FailoverEvent

    package init(number: ChangeNumber, at: Date, event: FailoverEvent) {
        self.number = number
        self.at = at
        self.event = event
    }
}
