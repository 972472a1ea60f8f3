/// An element of an XML document as services send it: elements and text. Attributes are passed over, and whatever could
/// make a small document large (declarations, entities of its own) is refused.
struct XMLElement: Sendable {
    /// Without its prefix.
    let name: String
    fileprivate(set) var children: [XMLElement] = []
    /// Its own, without that of its children; blanks at its ends are left out.
    fileprivate(set) var text = ""

    fileprivate init(name: String) { self.name = name }

    /// The first child of that name.
    subscript(name: String) -> XMLElement? { children.first { $0.name == name } }
}

/// Why a text is no XML document.
struct XMLSyntaxError: Error, Equatable {
    let reason: String
}

extension XMLElement {
    /// Reads one document, which nests no deeper than 32.
    init(parsing octets: [UInt8]) throws(XMLSyntaxError) {
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw XMLSyntaxError(reason: "it is not UTF-8")
        }
        var parser = XMLParser(text)
        self = try parser.document()
    }
}

private struct XMLParser {
    private var rest: Substring
    private static let depthLimit = 32

    init(_ text: String) { rest = text[...] }

    mutating func document() throws(XMLSyntaxError) -> XMLElement {
        try skipMisc()
        guard take("<") else { throw error("no element") }
        let element = try element(depth: 0)
        try skipMisc()
        guard rest.isEmpty else { throw error("something after the end") }
        return element
    }

    /// Reads an element whose opening bracket was read.
    private mutating func element(depth: Int) throws(XMLSyntaxError) -> XMLElement {
        guard depth < Self.depthLimit else { throw error("elements nested too deep") }
        let tag = try tag()
        var element = XMLElement(name: tag.name.split(separator: ":").last.map(String.init) ?? tag.name)
        guard !tag.isEmpty else { return element }
        while true {
            element.text += try characters()
            guard take("<") else { throw error("no end of \(element.name)") }
            if take("/") {
                guard take(tag.name) else { throw error("another end than that of \(element.name)") }
                skipSpace()
                guard take(">") else { throw error("no end of a tag") }
                element.text = element.text.trimmed
                return element
            }
            if take("!--") {
                try skip(to: "-->")
            } else {
                element.children.append(try self.element(depth: depth + 1))
            }
        }
    }

    /// Reads a name and attributes up to the closing bracket.
    private mutating func tag() throws(XMLSyntaxError) -> (name: String, isEmpty: Bool) {
        let name = rest.prefix { $0.isLetter || $0.isNumber || "_-.:".contains($0) }
        guard let first = name.first, first.isLetter || first == "_" else { throw error("no name of an element") }
        rest = rest.dropFirst(name.count)
        while true {
            skipSpace()
            if take("/>") { return (String(name), true) }
            if take(">") { return (String(name), false) }
            try skipAttribute()
        }
    }

    private mutating func skipAttribute() throws(XMLSyntaxError) {
        let name = rest.prefix { !$0.isWhitespace && !"=/><\"'".contains($0) }
        rest = rest.dropFirst(name.count)
        skipSpace()
        guard !name.isEmpty, take("=") else { throw error("no attribute") }
        skipSpace()
        guard let quote = rest.first, quote == "\"" || quote == "'" else { throw error("an attribute without quotes") }
        rest = rest.dropFirst()
        try skip(to: String(quote))
    }

    /// Reads text up to the next bracket, with its references replaced.
    private mutating func characters() throws(XMLSyntaxError) -> String {
        var text = ""
        while let next = rest.first, next != "<" {
            guard next == "&" else {
                let plain = rest.prefix { $0 != "<" && $0 != "&" }
                text += plain
                rest = rest.dropFirst(plain.count)
                continue
            }
            let reference = rest.dropFirst().prefix(10).prefix { $0 != ";" }
            rest = rest.dropFirst(reference.count + 1)
            guard take(";"), let scalar = Self.scalar(reference) else { throw error("an unknown reference") }
            text.unicodeScalars.append(scalar)
        }
        return text
    }

    private static func scalar(_ reference: Substring) -> Unicode.Scalar? {
        switch reference {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard reference.hasPrefix("#") else { return nil }
            let isHexadecimal = reference.hasPrefix("#x")
            let digits = reference.dropFirst(isHexadecimal ? 2 : 1)
            return UInt32(digits, radix: isHexadecimal ? 16 : 10).flatMap { Unicode.Scalar($0) }
        }
    }

    /// Skips blanks, comments and the XML declaration.
    private mutating func skipMisc() throws(XMLSyntaxError) {
        while true {
            skipSpace()
            if take("<!--") {
                try skip(to: "-->")
            } else if take("<?") {
                try skip(to: "?>")
            } else {
                return
            }
        }
    }

    private mutating func skip(to end: String) throws(XMLSyntaxError) {
        guard let range = rest.firstRange(of: end) else { throw error("no \(end)") }
        rest = rest[range.upperBound...]
    }

    private mutating func skipSpace() { rest = rest.drop { $0.isWhitespace } }

    private mutating func take(_ text: String) -> Bool {
        guard rest.hasPrefix(text) else { return false }
        rest = rest.dropFirst(text.count)
        return true
    }

    private func error(_ what: String) -> XMLSyntaxError { XMLSyntaxError(reason: what) }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
