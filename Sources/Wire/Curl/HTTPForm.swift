/// `application/x-www-form-urlencoded`, as HTML forms are sent (WHATWG URL §5.2).
package enum HTTPForm {
    package static let contentType = HTTPHeader("Content-Type", "application/x-www-form-urlencoded")

    package static func encoded(_ fields: [(key: String, value: String)]) -> [UInt8] {
        Array(fields.map { "\(escaped($0.key))=\(escaped($0.value))" }.joined(separator: "&").utf8)
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, octet in
            switch octet {
            case UInt8(ascii: " "): result += "+"
            case UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                result.unicodeScalars.append(Unicode.Scalar(octet))
            default: result += "%" + (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true)
            }
        }
    }
}
