/// A value of a JSON document (RFC 8259) that knows its line, so that an error can name it.
package struct JSONNode: Sendable {
    /// Counted from 1.
    package let line: Int
    package let value: Value

    package enum Value: Sendable {
        case null
        case bool(Bool)
        case number(Double)
        case string(String)
        case array([JSONNode])
        case object([Member])
    }

    package struct Member: Sendable {
        package let key: String
        package let line: Int
        package let node: JSONNode
    }

    /// What the value is, in words.
    package var kind: String {
        switch value {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

/// Why a text is no JSON document, and where.
package struct JSONSyntaxError: Error, Equatable {
    package let line: Int
    package let reason: String
}
