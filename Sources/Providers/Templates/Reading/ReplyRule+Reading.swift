import DNSModel

extension ReplyRule {
    /// The rule that stands under `key`, or the rules of a list there; none when nothing does.
    static func rules(_ key: String, reading settings: inout SettingReader) -> [ReplyRule] {
        guard settings.keys.contains(key), let elements = settings.elements(key) else { return [] }
        return elements.compactMap { name, node in
            settings.nested(node, name) { settings in
                let rule = ReplyRule(reading: &settings)
                settings.finish()
                return rule
            }
        }
    }

    private init?(reading settings: inout SettingReader) {
        statuses =
            settings.values("status", form: "an HTTP status, or a range such as 200-299") { Self.range($0) } ?? []
        isJSON = settings.flag("json") ?? false
        pointer = settings.pointer("pointer")
        equals = settings.values("equals", form: "what the pointer leads to") { $0 } ?? []
        firstWords = settings.values("first_word", form: "words") { $0 } ?? []
        words = settings.values("word", form: "words") { $0 } ?? []
        advice = settings.text("advice")
        if (pointer == nil) == !equals.isEmpty { settings.note("pointer", "and equals belong together: give both") }
        guard ["status", "json", "pointer", "first_word", "word"].contains(where: settings.keys.contains) else {
            settings.note("says nothing about a reply: give status, json, pointer with equals, first_word or word")
            return nil
        }
    }

    private static func range(_ text: String) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map {
            SettingReader.integer(String($0))
        }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last, 100...599 ~= first,
            100...599 ~= last
        else { return nil }
        return first...last
    }
}
