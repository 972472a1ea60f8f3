/// Splits a line into words as a shell does, with quotes and backslashes and nothing else: no variables, no patterns.
enum CommandWords {
    /// Nil when a quote does not end.
    static func split(_ line: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var characters = line.makeIterator()
        while let character = characters.next() {
            switch (quote, character) {
            case (nil, _) where character.isWhitespace:
                if let finished = word { words.append(finished) }
                word = nil
            case (nil, "'"), (nil, "\""):
                quote = character
                word = word ?? ""
            case (let open?, _) where character == open: quote = nil
            case (nil, "\\"), ("\"", "\\"):
                guard let next = characters.next() else { return nil }
                // Within double quotes a backslash stands for itself, save before what it can take the meaning from.
                let isKept = quote == "\"" && next != "\"" && next != "\\"
                word = (word ?? "") + (isKept ? "\\" : "") + String(next)
            default: word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { return nil }
        if let word { words.append(word) }
        return words
    }
}
