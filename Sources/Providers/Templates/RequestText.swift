import DNSModel

/// A text of a request with placeholders in braces, which are filled so that no value can become more than a value.
struct RequestText: Hashable, Sendable, ExpressibleByStringLiteral {
    /// Where a text stands, and so how values in it are written.
    enum Use: Hashable, Sendable {
        /// A path with its query: values are percent-encoded.
        case path
        /// Values are what stands between quotation marks, or JSON of their own.
        case json
        /// `application/x-www-form-urlencoded`, written out: values are percent-encoded.
        case form
        /// Values stay as they are; a header with a line break is never sent.
        case header
        /// Values stay as they are.
        case plain
    }

    enum Part: Hashable, Sendable {
        case text(String)
        /// `isQuoted`: it stands within quotation marks, were the text JSON.
        case placeholder(Placeholder, isQuoted: Bool)
        /// Braces around a word that is no placeholder.
        case unknown(String)
    }

    let parts: [Part]

    init(stringLiteral text: String) {
        self.init(text)
    }

    init(_ text: String) {
        var parts: [Part] = []
        var plain = ""
        var quoting = JSONQuoting()
        var rest = text[...]
        while let character = rest.first {
            guard character == "{", let word = Self.word(in: rest.dropFirst()) else {
                quoting.pass(character)
                plain.append(rest.removeFirst())
                continue
            }
            if !plain.isEmpty { parts.append(.text(plain)) }
            plain = ""
            let known = Placeholder(rawValue: word)
            parts.append(known.map { .placeholder($0, isQuoted: quoting.isOpen) } ?? .unknown(word))
            rest = rest.dropFirst(word.count + 2)
        }
        if !plain.isEmpty { parts.append(.text(plain)) }
        self.parts = parts
    }

    var placeholders: Set<Placeholder> {
        Set(parts.compactMap { if case .placeholder(let placeholder, _) = $0 { placeholder } else { nil } })
    }

    /// The text with `values` for its placeholders; nothing for those that have none.
    func filled(_ values: RequestValues, as use: Use) -> String {
        parts.reduce(into: "") { result, part in
            switch part {
            case .text(let text): result += text
            case .unknown(let word): result += "{\(word)}"
            case .placeholder(let placeholder, _):
                let value = values[placeholder]
                switch use {
                case .path, .form: result += value.urlEscaped
                case .json: result += placeholder.isJSON || placeholder == .ttl ? value : value.jsonEscaped
                case .header, .plain: result += value
                }
            }
        }
    }

    /// The word of small letters and underscores that a closing brace ends.
    private static func word(in text: Substring) -> String? {
        let word = text.prefix { $0 == "_" || ("a"..."z").contains($0) }
        return word.isEmpty || text[word.endIndex...].first != "}" ? nil : String(word)
    }
}

/// Follows whether a text's end is within a JSON string.
private struct JSONQuoting {
    private(set) var isOpen = false
    private var isEscaped = false

    mutating func pass(_ character: Character) {
        if character == "\"", !isEscaped { isOpen.toggle() }
        isEscaped = character == "\\" && !isEscaped
    }
}
