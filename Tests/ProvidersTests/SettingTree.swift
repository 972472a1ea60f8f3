import DNSModel

/// Settings of any depth, as literals.
struct SettingTree: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, Sendable {
    let node: SettingNode

    init(_ text: String) { node = SettingNode(.scalar(text, isQuoted: true)) }

    init(stringLiteral text: String) { self.init(text) }

    init(arrayLiteral elements: SettingTree...) { node = SettingNode(.list(elements.map(\.node))) }

    init(dictionaryLiteral members: (String, SettingTree)...) {
        node = SettingNode(
            .mapping(members.map { .init(key: $0.0, place: .init(line: 1, column: 1), node: $0.1.node) }))
    }
}

extension Settings {
    /// With more settings, of any depth.
    func with(_ trees: KeyValuePairs<String, SettingTree>) -> Settings {
        var settings = self
        settings.fields += trees.map { ($0.key, $0.value.node) }
        return settings
    }

    /// Everything that is wrong with the settings, without the places.
    var problems: [String] {
        do throws(SettingProblems) {
            _ = try provider()
            return []
        } catch {
            return error.list.map { "\($0.field): \($0.message)" }
        }
    }
}
