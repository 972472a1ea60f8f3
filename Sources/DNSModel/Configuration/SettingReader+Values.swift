/// What configurations say again and again.
extension SettingReader {
    /// A length of time within `range`.
    package mutating func duration(_ key: String, in range: ClosedRange<Duration>) -> Duration? {
        let form = "a time such as 250ms, 10s, 5m or 1h30m"
        guard let duration = value(key, form: form, parse: { Duration(setting: $0) }) else { return nil }
        guard range.contains(duration) else {
            let (least, most) = (range.lowerBound.settingText, range.upperBound.settingText)
            note(key, "is \(duration.settingText): give a time from \(least) to \(most)")
            return nil
        }
        return duration
    }

    package mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        let form = "a number from \(range.lowerBound) to \(range.upperBound)"
        return value(key, form: form) { text in
            Self.integer(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    package mutating func flag(_ key: String) -> Bool? {
        value(key, form: "true or false") { text in
            switch text.lowercased() {
            case "true", "yes", "on": true
            case "false", "no", "off": false
            default: nil
            }
        }
    }

    /// One of a few words.
    package mutating func word<Meaning>(_ key: String, _ words: KeyValuePairs<String, Meaning>) -> Meaning? {
        guard let text = text(key) else { return nil }
        if let found = words.first(where: { $0.key == text }) { return found.value }
        let meant = NearestWord.nearest(to: text, among: words.map(\.key)).map { "; did you mean “\($0)”?" } ?? ""
        let known = words.map(\.key).joined(separator: ", ")
        note(key, "“\(PrintableText(text).text)” is none of \(known)\(meant)")
        return nil
    }

    package mutating func domainName(_ key: String) -> DomainName? {
        guard let text = text(key) else { return nil }
        let shown = PrintableText(text).text
        guard IPAddress(text) == nil else {
            note(key, "“\(shown)” is an address: give a domain name")
            return nil
        }
        do {
            return try DomainName(text)
        } catch {
            note(key, "“\(shown)” \(error): give a domain name such as www.example.org")
            return nil
        }
    }

    package mutating func url(_ key: String) -> HTTPURL? {
        value(key, form: "a URL such as https://www.example.org/path") { HTTPURL($0) }
    }

    /// One value, or a list of values, each of which `parse` understands; `form` says what to give. Never empty.
    package mutating func values<Result>(_ key: String, form: String, parse: (String) -> Result?) -> [Result]? {
        guard let elements = elements(key) else { return nil }
        var results: [Result] = []
        for (name, node) in elements {
            guard case .scalar(let text, _) = node.value, !text.isEmpty else {
                note(node, name, "is \(node.isEmptyText ? "empty" : node.kind); give \(form)")
                continue
            }
            guard let result = parse(text) else {
                note(node, name, "“\(PrintableText(text).text)” is wrong: give \(form)")
                continue
            }
            results.append(result)
        }
        return results.count == elements.count ? results : nil
    }

    /// The nodes of a list with the names of their places, `key[1]` for the first; a single value is a list of one. Nil
    /// when there is no such setting; an empty list is a problem.
    package mutating func elements(_ key: String) -> [(name: String, node: SettingNode)]? {
        guard let node = node(key) else { return nil }
        switch node.value {
        case .list(let nodes) where !nodes.isEmpty:
            return nodes.enumerated().map { ("\(key)[\($0.offset + 1)]", $0.element) }
        case .list, .null:
            note(key, "is empty: give one value or a list of them")
            return nil
        case .scalar, .mapping: return [(key, node)]
        }
    }

    /// The members of a group whose keys are names that the operator has made up.
    package mutating func named(_ key: String) -> [SettingNode.Member] {
        guard let node = node(key) else { return [] }
        guard case .mapping(let members) = node.value else {
            note(key, "is \(node.kind); give a group of names")
            return []
        }
        return members
    }

    /// Digits alone, perhaps behind a minus: neither `1e3` nor `0x10` nor `010`, which readers of YAML take differently.
    package static func integer(_ text: String) -> Int? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard digits.utf8.allSatisfy(\.isASCIIDigit), digits.first != "0" || digits.count == 1 else { return nil }
        return Int(text)
    }

    private mutating func note(_ node: SettingNode, _ name: String, _ message: String) {
        note(SettingProblem(place: node.place ?? place, field: path(to: name), message: message))
    }
}
