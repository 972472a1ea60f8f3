extension JSONNode {
    /// Reads one document. Text after it, a key given twice, or nesting deeper than 64 is an error.
    package init(parsing bytes: some Collection<UInt8>) throws(JSONSyntaxError) {
        var parser = JSONParser(bytes)
        self = try parser.document()
    }
}

/// Reads a document in one pass from its first byte to its last.
private struct JSONParser {
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var depth = 0

    private static let depthLimit = 64

    init(_ bytes: some Collection<UInt8>) {
        self.bytes = Array(bytes)
    }

    mutating func document() throws(JSONSyntaxError) -> JSONNode {
        let node = try value()
        skipSpace()
        guard index == bytes.count else { throw unexpected(after: "the end of the document") }
        return node
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONNode {
        skipSpace()
        let line = line
        switch peek {
        case UInt8(ascii: "{"): return JSONNode(line: line, value: .object(try object()))
        case UInt8(ascii: "["): return JSONNode(line: line, value: .array(try array()))
        case UInt8(ascii: "\""): return JSONNode(line: line, value: .string(try string()))
        case UInt8(ascii: "t"): return JSONNode(line: line, value: try literal("true", .bool(true)))
        case UInt8(ascii: "f"): return JSONNode(line: line, value: try literal("false", .bool(false)))
        case UInt8(ascii: "n"): return JSONNode(line: line, value: try literal("null", .null))
        default: return JSONNode(line: line, value: try number())
        }
    }

    private mutating func object() throws(JSONSyntaxError) -> [JSONNode.Member] {
        var members: [JSONNode.Member] = []
        var keys: Set<String> = []
        try list(closing: "}") { parser throws(JSONSyntaxError) in
            let line = parser.line
            guard parser.peek == UInt8(ascii: "\"") else { throw parser.unexpected(after: "a key in quotes") }
            let key = try parser.string()
            guard keys.insert(key).inserted else {
                throw JSONSyntaxError(line: line, reason: "the key \"\(key)\" is given twice")
            }
            parser.skipSpace()
            guard parser.take(":") else { throw parser.unexpected(after: "\":\"") }
            members.append(JSONNode.Member(key: key, line: line, node: try parser.value()))
        }
        return members
    }

    private mutating func array() throws(JSONSyntaxError) -> [JSONNode] {
        var nodes: [JSONNode] = []
        try list(closing: "]") { parser throws(JSONSyntaxError) in nodes.append(try parser.value()) }
        return nodes
    }

    /// Reads what stands between an opening bracket, commas and `closing`.
    private mutating func list(
        closing: Unicode.Scalar, element: (inout JSONParser) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        index += 1
        depth += 1
        guard depth <= Self.depthLimit else { throw JSONSyntaxError(line: line, reason: "it is nested too deep") }
        defer { depth -= 1 }
        skipSpace()
        if take(closing) { return }
        repeat {
            skipSpace()
            try element(&self)
            skipSpace()
        } while take(",")
        guard take(closing) else { throw unexpected(after: "\",\" or \"\(closing)\"") }
    }

    private mutating func literal(
        _ word: StaticString, _ value: JSONNode.Value
    ) throws(JSONSyntaxError) -> JSONNode.Value {
        let expected = "\(word)".utf8
        guard bytes[index...].starts(with: expected) else { throw unexpected(after: "a value") }
        index += expected.count
        return value
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONNode.Value {
        let digits = bytes[index...].prefix { $0.isASCIIDigit || "+-.eE".utf8.contains($0) }
        guard let first = digits.first, first.isASCIIDigit || first == UInt8(ascii: "-"),
            let number = Double(String(decoding: digits, as: UTF8.self))
        else { throw unexpected(after: "a value") }
        index += digits.count
        return .number(number)
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        let start = line
        index += 1
        var text = try plainText()
        while take("\\") {
            text.unicodeScalars.append(try escape())
            text += try plainText()
        }
        guard take("\"") else { throw JSONSyntaxError(line: start, reason: "a string does not end") }
        return text
    }

    /// Reads a string's text up to its end, a backslash, or what no string may hold.
    private mutating func plainText() throws(JSONSyntaxError) -> String {
        let start = index
        while index < bytes.count, bytes[index] >= 0x20, bytes[index] != UInt8(ascii: "\""),
            bytes[index] != UInt8(ascii: "\\")
        {
            index += 1
        }
        guard let text = String(validating: bytes[start..<index], as: UTF8.self) else {
            throw JSONSyntaxError(line: line, reason: "a string is not UTF-8")
        }
        return text
    }

    /// Reads what follows a backslash.
    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let letter = peek
        index += 1
        switch letter {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try codeUnit()
            guard UTF16.isLeadSurrogate(unit) else {
                guard let scalar = Unicode.Scalar(unit) else { throw badEscape }
                return scalar
            }
            guard take("\\"), take("u") else { throw badEscape }
            let trail = try codeUnit()
            guard UTF16.isTrailSurrogate(trail) else { throw badEscape }
            return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
        default: throw badEscape
        }
    }

    private mutating func codeUnit() throws(JSONSyntaxError) -> UInt16 {
        let digits = bytes[min(index, bytes.count)...].prefix(4)
        guard digits.count == 4, digits.allSatisfy(\.isASCIIHexDigit),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw badEscape }
        index += 4
        return unit
    }

    private var badEscape: JSONSyntaxError {
        JSONSyntaxError(line: line, reason: "a string has a bad escape after its backslash")
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while let octet = peek, octet == 0x20 || octet == 0x09 || octet == 0x0A || octet == 0x0D {
            if octet == 0x0A { line += 1 }
            index += 1
        }
    }

    private func unexpected(after expected: String) -> JSONSyntaxError {
        let found = peek.map { octet in
            octet.isPrintableASCII ? "\"\(Unicode.Scalar(octet))\"" : "an octet of value \(octet)"
        }
        return JSONSyntaxError(line: line, reason: "\(expected) was expected, not \(found ?? "the end of the file")")
    }
}

extension UInt8 {
    package var isPrintableASCII: Bool { (0x20..<0x7F).contains(self) }
}
