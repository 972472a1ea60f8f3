import DNSModel

extension XMLElement {
    /// Reads a document in UTF-8 and gives its root.
    ///
    /// Entities are the five of XML and characters by number: a document that declares some of its own (DOCTYPE) is an
    /// error, and so are elements nested deeper than 32.
    init(parsing octets: some Collection<UInt8>) throws(XMLSyntaxError) {
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw XMLSyntaxError(reason: "it is not UTF-8")
        }
        var reader = XMLReader(text)
        self = try reader.document()
    }
}

/// Reads a document in one pass from its first character to its last.
private struct XMLReader {
    private var rest: Substring.UTF8View
    private var depth = 0

    private static let depthLimit = 32
    private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]

    init(_ text: String) {
        rest = text.utf8[...]
    }

    mutating func document() throws(XMLSyntaxError) -> XMLElement {
        take("\u{FEFF}")
        if rest.starts(with: "<?xml ".utf8) { _ = try text(before: "?>") }
        try skipMisc()
        let root = try element()
        try skipMisc()
        guard rest.isEmpty else { throw XMLSyntaxError(reason: "something follows the document's end") }
        return root
    }

    /// Skips blanks and comments.
    private mutating func skipMisc() throws(XMLSyntaxError) {
        repeat { skipBlanks() } while try skipComment()
    }

    private mutating func skipComment() throws(XMLSyntaxError) -> Bool {
        guard take("<!--") else { return false }
        _ = try text(before: "-->")
        return true
    }

    private mutating func element() throws(XMLSyntaxError) -> XMLElement {
        guard take("<"), let name = name() else { throw XMLSyntaxError(reason: "an element was expected") }
        depth += 1
        guard depth <= Self.depthLimit else { throw XMLSyntaxError(reason: "it is nested too deep") }
        defer { depth -= 1 }
        var element = XMLElement(name: String(name.split(separator: ":").last ?? ""))
        try attributes(of: name)
        if take("/>") { return element }
        guard take(">") else { throw XMLSyntaxError(reason: "the tag \(name) does not end") }
        while !take("</") { try content(of: &element) }
        guard self.name() == name else {
            throw XMLSyntaxError(reason: "the element \(name) is not closed by its own tag")
        }
        skipBlanks()
        guard take(">") else { throw XMLSyntaxError(reason: "the closing tag \(name) does not end") }
        return element
    }

    /// Takes one piece of what stands within an element.
    private mutating func content(of element: inout XMLElement) throws(XMLSyntaxError) {
        guard let next = rest.first else { throw XMLSyntaxError(reason: "the element \(element.name) does not end") }
        if next != UInt8(ascii: "<") {
            element.text += try plainText(until: "<")
        } else if take("<![CDATA[") {
            element.text += try text(before: "]]>")
        } else if try !skipComment() {
            element.children.append(try self.element())
        }
    }

    /// Reads a tag's attributes, of which each needs a value in quotation marks and none may come twice.
    private mutating func attributes(of tag: String) throws(XMLSyntaxError) {
        var seen: Set<String> = []
        while skipBlanks(), let name = name() {
            skipBlanks()
            guard take("=") else { throw XMLSyntaxError(reason: "the attribute \(name) has no value") }
            skipBlanks()
            guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
                throw XMLSyntaxError(reason: "the attribute \(name) is not in quotation marks")
            }
            rest.removeFirst()
            _ = try plainText(until: Unicode.Scalar(quote))
            rest.removeFirst()
            guard seen.insert(name).inserted else { throw XMLSyntaxError(reason: "\(tag) has \(name) twice") }
        }
    }

    /// Takes text up to `end`, which stays, and puts characters for their entities.
    private mutating func plainText(until end: Unicode.Scalar) throws(XMLSyntaxError) -> String {
        var result = ""
        while let next = rest.first, next != UInt8(ascii: end) {
            if take("&") {
                result += try entity()
            } else {
                let plain = rest.prefix { $0 != UInt8(ascii: "&") && $0 != UInt8(ascii: end) }
                result += String(Substring(plain))
                rest = rest[plain.endIndex...]
            }
        }
        guard !rest.isEmpty else { throw XMLSyntaxError(reason: "a text does not end") }
        return result
    }

    private mutating func entity() throws(XMLSyntaxError) -> String {
        let name = try text(before: ";", limit: 10)
        if let text = Self.entities[name] { return text }
        guard name.hasPrefix("#") else { throw XMLSyntaxError(reason: "the entity \(name) is not one of XML's own") }
        let isHexadecimal = name.hasPrefix("#x")
        let digits = name.dropFirst(isHexadecimal ? 2 : 1)
        guard digits.utf8.allSatisfy(\.isASCIIHexDigit), let number = UInt32(digits, radix: isHexadecimal ? 16 : 10),
            let scalar = Unicode.Scalar(number), number > 0
        else { throw XMLSyntaxError(reason: "the character \(name) does not exist") }
        return String(scalar)
    }

    /// Takes the text in front of `end`, and `end` itself.
    private mutating func text(before end: String, limit: Int = .max) throws(XMLSyntaxError) -> String {
        var kept = rest
        while !kept.isEmpty, !kept.starts(with: end.utf8) { kept.removeFirst() }
        let text = rest[..<kept.startIndex]
        guard !kept.isEmpty, text.count <= limit else { throw XMLSyntaxError(reason: "\(end) was expected") }
        rest = kept.dropFirst(end.utf8.count)
        return String(Substring(text))
    }

    private mutating func name() -> String? {
        let name = rest.prefix { $0.isASCIIAlphanumeric || $0 >= 0x80 || "-._:".utf8.contains($0) }
        guard let first = name.first, !first.isASCIIDigit, first != UInt8(ascii: "-"), first != UInt8(ascii: ".") else {
            return nil
        }
        rest = rest[name.endIndex...]
        return String(Substring(name))
    }

    @discardableResult
    private mutating func take(_ text: String) -> Bool {
        guard rest.starts(with: text.utf8) else { return false }
        rest = rest.dropFirst(text.utf8.count)
        return true
    }

    @discardableResult
    private mutating func skipBlanks() -> Bool {
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        return true
    }
}
