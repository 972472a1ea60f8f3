/// JSON with its keys in the order in which they are given, on one line, a blank behind each colon and comma.
package indirect enum JSONText {
    case null
    case string(String)
    case number(Int)
    case bool(Bool)
    case list([JSONText])
    case object([(key: String, value: JSONText)])

    package var text: String {
        switch self {
        case .null: "null"
        case .string(let text): Self.quoted(text)
        case .number(let number): "\(number)"
        case .bool(let value): "\(value)"
        case .list(let elements): "[" + elements.map(\.text).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "\(Self.quoted($0.key)): \($0.value.text)" }.joined(separator: ", ") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
