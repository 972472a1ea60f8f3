import DNSModel

/// Route 53 writes octets that are not plain as a backslash and three octal digits, where the DNS has decimal ones.
enum Route53Text {
    /// `\052.example.org.` as the DNS writes it: `\042.example.org.`
    static func decoded(_ text: String) -> String {
        rewritingEscapes(in: text, from: 8, to: 10)
    }

    /// `\042.example.org.` as Route 53 writes it: `\052.example.org.`
    static func encoded(_ text: String) -> String {
        rewritingEscapes(in: text, from: 10, to: 8)
    }

    private static func rewritingEscapes(in text: String, from base: Int, to other: Int) -> String {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let octet = rest.popFirst() {
            result.append(octet)
            guard octet == UInt8(ascii: "\\") else { continue }
            let digits = String(decoding: rest.prefix(3), as: UTF8.self)
            if digits.utf8.count == 3, digits.utf8.allSatisfy(\.isASCIIDigit), let number = UInt8(digits, radix: base) {
                let written = String(number, radix: other)
                result += Array(repeating: UInt8(ascii: "0"), count: 3 - written.utf8.count) + Array(written.utf8)
                rest = rest.dropFirst(3)
            } else if let next = rest.popFirst() {
                result.append(next)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension DomainName {
    /// The name as Route 53 takes it: absolute, and with its own escapes.
    var route53Text: String { Route53Text.encoded(absolute) }
}
