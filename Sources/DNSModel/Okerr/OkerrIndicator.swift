/// A named state as okerr's `/update` takes it, made to fit okerr's rules.
package struct OkerrIndicator: Hashable, Sendable {
    /// What the indicator's method can take. A heartbeat silently ignores any other word, a numerical one any other text.
    package enum Value: Hashable, Sendable {
        case ok
        case err
        case number(Double)
    }

    package let name: String
    package let value: Value
    /// One line of at most 200 characters.
    package let details: String
    /// Okerr looks at the method, the policy, the tags and the description only when it first hears of a name.
    package var method: String
    package var policy = "Default"
    package var tags: [String]
    package let description: String

    package init(
        name: String, value: Value, details: String, description: String = "", tags: [String] = ["dnsconverge"]
    ) {
        self.name = Self.allowed(name)
        self.value = value
        self.details = Self.oneLine(details, longest: 200)
        self.description = Self.oneLine(description, longest: 200)
        self.tags = tags.filter(Self.isTag)
        if case .number = value { method = "numerical" } else { method = "heartbeat" }
    }

    package init(name: String, isOK: Bool, details: String, description: String) {
        self.init(name: name, value: isOK ? .ok : .err, details: details, description: description)
    }

    /// The same indicator under a name that starts with `prefix`.
    package func prefixed(by prefix: String) -> OkerrIndicator {
        var result = OkerrIndicator(
            name: prefix + name, value: value, details: details, description: description, tags: tags)
        result.method = method
        result.policy = policy
        return result
    }

    package var status: String {
        switch value {
        case .ok: "OK"
        case .err: "ERR"
        case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
        }
    }

    /// In the order in which okerr's own client sends them.
    package var parameters: [(key: String, value: String)] {
        [
            ("name", name), ("status", status), ("details", details), ("method", method), ("policy", policy),
            ("tags", tags.joined(separator: ",")), ("desc", description),
        ]
    }
}

extension OkerrIndicator {
    private static let longestName = 200

    /// Replaces what okerr refuses in a name by underscores, as its own client does, and shortens a long name in the
    /// middle: its ends tell it from others.
    private static func allowed(_ name: String) -> String {
        var allowed = ""
        for character in name {
            let isRefused = "<>%\\@".contains(character) || isControl(character)
            let isSecondSlash = character == "/" && (allowed.isEmpty || allowed.hasSuffix("/"))
            allowed.append(isRefused || isSecondSlash ? "_" : character)
        }
        // Okerr takes a whole number for an index.
        if allowed.isEmpty || Int(allowed) != nil { allowed = "_" + allowed }
        guard allowed.count > longestName else { return allowed }
        return allowed.prefix(longestName - 62) + ".." + allowed.suffix(60)
    }

    /// Okerr would cut a longer text in the same way.
    private static func oneLine(_ text: String, longest: Int) -> String {
        let line = String(text.map { isControl($0) ? " " : $0 })
        return line.count > longest ? line.prefix(longest - 2) + ".." : line
    }

    private static func isTag(_ tag: String) -> Bool {
        guard let first = tag.utf8.first, !tag.contains(",") else { return false }
        return first.isASCIIDigit || first.lowercasedASCII &- 0x61 < 26 || first == UInt8(ascii: "_")
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
