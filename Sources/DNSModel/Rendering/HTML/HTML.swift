/// A piece of a page. What stands in the source is markup, and whatever is put into it is text:
///
///     let row: HTML = "<td title=\"\(server.reason)\">\(server.name)</td>"
///
/// There is no other way in: a text becomes markup in no place, and an attribute's value stands in double quotes. Characters
/// that could hide or reorder text are shown as `PrintableText` shows them.
package struct HTML: Hashable, Sendable {
    package private(set) var markup: String

    package static let empty: HTML = ""

    package var isEmpty: Bool { markup.isEmpty }

    package static func + (a: HTML, b: HTML) -> HTML {
        var sum = a
        sum.markup += b.markup
        return sum
    }

    package static func += (a: inout HTML, b: HTML) { a.markup += b.markup }
}

extension HTML: ExpressibleByStringInterpolation {
    /// For literals alone.
    package init(stringLiteral markup: StringLiteralType) { self.markup = markup }

    package init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: String) { markup += literal }

        package mutating func appendInterpolation(_ text: String) {
            append(PrintableText(text).text)
        }

        package mutating func appendInterpolation(_ number: some BinaryInteger) { markup += String(number) }

        package mutating func appendInterpolation(_ part: HTML) { markup += part.markup }

        package mutating func appendInterpolation(_ parts: [HTML]) {
            for part in parts { markup += part.markup }
        }

        /// A text of several lines, for `pre` and `textarea`: its line breaks stay.
        package mutating func appendInterpolation(lines text: String) {
            let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            // The first line break behind the tag would not count.
            markup += "\n"
            append(lines.map { PrintableText(String($0)).text }.joined(separator: "\n"))
        }

        /// One part of a URL's path, or one value in its query.
        package mutating func appendInterpolation(path text: String) {
            for octet in text.utf8 {
                if HTML.unreserved.contains(octet) {
                    markup.unicodeScalars.append(Unicode.Scalar(octet))
                } else {
                    markup += "%" + HTML.digits(octet)
                }
            }
        }

        private mutating func append(_ text: String) {
            for scalar in text.unicodeScalars {
                switch scalar {
                case "&": markup += "&amp;"
                case "<": markup += "&lt;"
                case ">": markup += "&gt;"
                case "\"": markup += "&quot;"
                case "'": markup += "&#39;"
                default: markup.unicodeScalars.append(scalar)
                }
            }
        }
    }

    /// RFC 3986 §2.3.
    fileprivate static let unreserved = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".utf8)

    fileprivate static func digits(_ octet: UInt8) -> String {
        let digits = String(octet, radix: 16, uppercase: true)
        return octet < 16 ? "0" + digits : digits
    }
}

extension [HTML] {
    package func joined(separator: HTML) -> HTML {
        guard let first else { return .empty }
        return dropFirst().reduce(first) { $0 + separator + $1 }
    }
}
