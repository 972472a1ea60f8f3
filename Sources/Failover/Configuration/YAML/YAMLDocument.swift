import DNSModel
import Yams

/// A YAML file as settings that know their places.
struct YAMLDocument {
    let root: SettingNode
    /// What is wrong with the document as such: keys given twice, tags, nesting. Its syntax is right.
    let problems: [SettingProblem]

    static let sizeLimit = 16 << 20

    /// Reads one document; throws when there is no telling what it says.
    init(_ octets: [UInt8]) throws(SettingProblem) {
        var text = try YAMLCharacters.text(octets)
        try AliasedKeys.refuse(in: text)
        // Yams gives the parser the address of the text, which a short one does not have.
        if text.utf8.count < 32 { text += String(repeating: "\n", count: 32) }
        let (node, marker) = try Self.parse(&text)
        guard let node else {
            root = SettingNode(.null)
            problems = []
            return
        }
        var conversion = YAMLConversion(nodeLimit: octets.count + 100_000, repetitionMarker: marker)
        root = conversion.node(node, path: "", depth: 0)
        problems = conversion.problems
    }

    /// Parses the text. Yams gives up at keys given twice: they are told apart and the text is read again, so that they
    /// are told together with all that is wrong elsewhere.
    private static func parse(_ text: inout String) throws(SettingProblem) -> (Node?, RepetitionMarker) {
        var marker = RepetitionMarker()
        while true {
            do {
                return (try compose(text), marker)
            } catch {
                guard case .duplicatedKeysInMapping(_, let context) = error,
                    let marked = marker.marking(text, at: context.mark)
                else { throw SettingProblem(error, in: text) }
                text = marked
            }
        }
    }

    private static func compose(_ text: String) throws(YamlError) -> Node? {
        do {
            // Without rules every plain scalar is a text: `no` is no truth value and `1e3` no number until a setting says so.
            return try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            throw error
        } catch {
            throw .representer(problem: "\(error)")
        }
    }
}

/// Makes keys that are given twice differ, so that a parser that refuses them reads on.
struct RepetitionMarker {
    private var count = 0

    /// Of the characters for private use, which no key of ours has.
    private static let sign: Character = "\u{F8FF}"
    private static let limit = 100

    /// The text with a mark in front of the key at `mark`; nil when that cannot be done.
    mutating func marking(_ text: String, at mark: Mark) -> String? {
        guard count < Self.limit, let index = text.index(of: mark) else { return nil }
        let first = text.unicodeScalars[index]
        guard !"*&!?[{|>".unicodeScalars.contains(first) else { return nil }
        count += 1
        let position = first == "\"" || first == "'" ? text.unicodeScalars.index(after: index) : index
        return text[..<position] + "\(Self.sign)\(count)\(Self.sign)" + text[position...]
    }

    /// The key as it was written.
    func original(_ key: String) -> String {
        guard count > 0, key.first == Self.sign, let end = key.dropFirst().firstIndex(of: Self.sign) else { return key }
        return String(key[key.index(after: end)...])
    }
}

extension String {
    /// The index of a place that libyaml has named, which counts characters as Unicode does.
    fileprivate func index(of mark: Mark) -> String.Index? {
        var line = 1
        var index = unicodeScalars.startIndex
        while line < mark.line {
            guard let end = unicodeScalars[index...].firstIndex(of: "\n") else { return nil }
            index = unicodeScalars.index(after: end)
            line += 1
        }
        guard let found = unicodeScalars.index(index, offsetBy: mark.column - 1, limitedBy: unicodeScalars.endIndex),
            found < endIndex
        else { return nil }
        return found
    }
}
