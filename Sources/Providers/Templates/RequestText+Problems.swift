import DNSModel

extension RequestText {
    /// What is wrong with a text that is to stand there; nil when nothing is. `known` are the placeholders that have a
    /// value there.
    func problem(as use: Use, known: Set<Placeholder>) -> String? {
        for part in parts {
            if let problem = problem(of: part, as: use, known: known) { return problem }
        }
        switch use {
        case .path: return filled(.sample, as: .path).hasPrefix("/") ? nil : "must begin with a slash"
        case .json:
            do {
                _ = try JSONNode(parsing: filled(.sample, as: .json).utf8)
                return nil
            } catch {
                return "is no JSON once it is filled in: \(error.reason)"
            }
        case .form, .header, .plain: return nil
        }
    }

    private func problem(of part: Part, as use: Use, known: Set<Placeholder>) -> String? {
        switch part {
        case .unknown(let word):
            return "{\(word)} " + NearestWord.suggestion(for: word, among: known.map(\.rawValue), as: "placeholder")
        case .placeholder(let placeholder, let isQuoted):
            let name = "{\(placeholder.rawValue)}"
            guard known.contains(placeholder) else { return "\(name) has no value here; take it away" }
            guard use == .json else { return placeholder.isJSON ? "\(name) belongs into JSON" : nil }
            if placeholder.isJSON {
                return isQuoted ? "\(name) is JSON of its own: take the quotation marks away" : nil
            }
            return isQuoted || placeholder == .ttl ? nil : "\(name) is a text: put it between quotation marks"
        case .text(let text):
            let isFine = text.unicodeScalars.allSatisfy { Self.allows($0, in: use) }
            return isFine ? nil : "has a character that cannot stand there"
        }
    }

    private static func allows(_ scalar: Unicode.Scalar, in use: Use) -> Bool {
        switch use {
        case .path, .form: (0x21..<0x7F).contains(scalar.value) && scalar != "#"
        case .header: (0x20..<0x7F).contains(scalar.value)
        case .json, .plain: true
        }
    }
}

extension RequestValues {
    /// Any values will do to see what a text looks like.
    fileprivate static var sample: RequestValues {
        var values = RequestValues()
        for placeholder in Placeholder.allCases {
            values[placeholder] = placeholder == .ttl ? "300" : placeholder.isJSON ? "[]" : "x"
        }
        return values
    }
}
