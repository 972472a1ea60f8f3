import DNSModel

extension TSIGKey {
    /// Reads `algorithm:name:secret`, or the text of a BIND key file: `key "name" { algorithm …; secret "…"; };`.
    package init(parsing text: String) throws(TSIGKeyError) {
        let tokens = KeyFileTokens.tokens(of: text)
        if tokens.first?.lowercased() == "key" {
            try self.init(keyFile: tokens)
        } else {
            try self.init(words: text)
        }
    }

    private init(words text: String) throws(TSIGKeyError) {
        let words = text.split(whereSeparator: \.isWhitespace).joined()
            .split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3 else {
            throw .malformed("a TSIG key is algorithm:name:secret, or a BIND key file; this is neither")
        }
        try self.init(name: words[1], algorithm: words[0], secret: words[2])
    }

    /// `key`, a name, `{`, statements that each end with `;`, `}` and `;`.
    private init(keyFile tokens: [String]) throws(TSIGKeyError) {
        guard tokens.count > 3, tokens[2] == "{", let end = tokens.firstIndex(of: "}") else {
            throw .malformed("a key file must read: key \"name\" { algorithm …; secret \"…\"; };")
        }
        guard !tokens[end...].contains(where: { $0.lowercased() == "key" }) else {
            throw .malformed("a key file with several keys; give a file with one")
        }
        var fields: [String: String] = [:]
        for statement in tokens[3..<end].split(separator: ";") where statement.count == 2 {
            fields[statement[statement.startIndex].lowercased()] = statement[statement.startIndex + 1]
        }
        guard let algorithm = fields["algorithm"], let secret = fields["secret"] else {
            throw .malformed("the key \(tokens[1]) has no algorithm or no secret in its file")
        }
        try self.init(name: tokens[1], algorithm: algorithm, secret: secret)
    }

    private init(name: String, algorithm: String, secret: String) throws(TSIGKeyError) {
        guard let known = Algorithm(named: algorithm) else {
            let all = Algorithm.allCases.map(\.rawValue).joined(separator: ", ")
            throw .malformed("a TSIG key of an unknown algorithm; there are \(all)")
        }
        guard let parsed = try? DomainName(name), !parsed.isRoot else {
            throw .malformed("the name of a TSIG key of \(known.rawValue) is no domain name")
        }
        try self.init(name: parsed, algorithm: known, secret: Secret(secret))
    }
}

/// The words and marks of BIND's configuration files, without comments and quotation marks.
enum KeyFileTokens {
    static func tokens(of text: String) -> [String] {
        var tokens: [String] = []
        var rest = Substring(text)
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if first == "#" || rest.hasPrefix("//") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*") {
                rest = rest.firstRange(of: "*/").map { rest[$0.upperBound...] } ?? ""
            } else if first == "\"" {
                let word = rest.dropFirst().prefix { $0 != "\"" }
                tokens.append(String(word))
                rest = rest[word.endIndex...].dropFirst()
            } else if "{};".contains(first) {
                tokens.append(String(rest.removeFirst()))
            } else {
                let word = rest.prefix { !$0.isWhitespace && !"{};\"".contains($0) }
                tokens.append(String(word))
                rest = rest[word.endIndex...]
            }
        }
        return tokens
    }
}
