/// A file of `NAME=value` lines, as shells and okerr's client read it.
enum EnvironmentFile {
    /// The variables in `text`. Comments and lines without a name are passed over; quotes around a value are taken off.
    static func variables(in text: String) -> [String: String] {
        var variables: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            guard let equals = line.firstIndex(of: "=") else { continue }
            var name = trimmed(line[..<equals])
            if name.hasPrefix("export ") { name = trimmed(name.dropFirst(7)) }
            guard !name.isEmpty, !name.hasPrefix("#") else { continue }
            variables[String(name)] = value(line[line.index(after: equals)...])
        }
        return variables
    }

    private static func value(_ text: Substring) -> String {
        let text = trimmed(text)
        if let quote = text.first, quote == "\"" || quote == "'",
            let end = text.dropFirst().firstIndex(of: quote)
        {
            return String(text[text.index(after: text.startIndex)..<end])
        }
        // Only after a space: a secret may have a # in it.
        let comment = text.firstRange(of: " #")?.lowerBound ?? text.endIndex
        return String(trimmed(text[..<comment]))
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop { $0.isWhitespace }
        return start.prefix(upTo: start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)
    }
}
