import DNSModel

/// A text with placeholders in braces, each of which is escaped as the place demands.
struct TemplateText: Hashable, Sendable {
    /// Where the text stands, which decides how values are written.
    enum Context: Sendable {
        /// A path or query.
        case url
        /// A JSON document; values that are no numbers stand within quotation marks.
        case json
        /// A form.
        case form
        /// A header's value, or a text to compare with.
        case plain
    }

    private enum Piece: Hashable, Sendable {
        case text(String)
        case placeholder(Placeholder)
    }

    private let pieces: [Piece]

    /// Why a text is no template.
    struct UnknownPlaceholder: Error {
        let name: String
    }

    /// Reads `text`. Braces around anything but a word of small letters stand for themselves, as they do in JSON.
    init(_ text: String) throws(UnknownPlaceholder) {
        var pieces: [Piece] = []
        var plain = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            let name = rest.prefix { $0 == "_" || $0.isASCII && ($0.isLowercase || $0.isNumber) }
            guard character == "{", !name.isEmpty, rest.dropFirst(name.count).first == "}" else {
                plain.append(character)
                continue
            }
            guard let placeholder = Placeholder(rawValue: String(name)) else {
                throw UnknownPlaceholder(name: String(name))
            }
            pieces += [.text(plain), .placeholder(placeholder)]
            plain = ""
            rest = rest.dropFirst(name.count + 1)
        }
        self.pieces = (pieces + [.text(plain)]).filter { $0 != .text("") }
    }

    var placeholders: Set<Placeholder> {
        Set(pieces.compactMap { if case .placeholder(let placeholder) = $0 { placeholder } else { nil } })
    }

    /// The text with its placeholders replaced; those without a value are empty.
    func filled(_ values: [Placeholder: String], for context: Context) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .placeholder(let placeholder): Self.escaped(values[placeholder] ?? "", placeholder, for: context)
            }
        }.joined()
    }

    private static func escaped(_ value: String, _ placeholder: Placeholder, for context: Context) -> String {
        switch context {
        case .url, .form: value.urlEscaped
        case .json: placeholder.isJSON ? value : value.jsonEscaped
        case .plain: value
        }
    }
}

extension TemplateText: ExpressibleByStringLiteral {
    /// For the templates of this program, whose placeholders are known.
    init(stringLiteral text: String) {
        do {
            try self.init(text)
        } catch {
            preconditionFailure("{\(error.name)} is no placeholder")
        }
    }
}
