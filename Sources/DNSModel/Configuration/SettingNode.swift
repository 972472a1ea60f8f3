/// A value of a configuration, with the place where it was written.
package struct SettingNode: Sendable {
    package enum Value: Sendable {
        case null
        /// Any scalar, as it was written: a reader decides what it means. `isQuoted` keeps `"1"` a text.
        case scalar(String, isQuoted: Bool)
        case list([SettingNode])
        /// In the order of the document; keys are unique.
        case mapping([Member])
    }

    package struct Member: Sendable {
        package let key: String
        /// Where the key stands.
        package let place: Place?
        package let node: SettingNode

        package init(key: String, place: Place?, node: SettingNode) {
            self.key = key
            self.place = place
            self.node = node
        }
    }

    /// Counted from 1; nil for settings that come from no file, such as those of a form.
    package struct Place: Hashable, Sendable {
        package let line: Int
        package let column: Int

        package init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    package let value: Value
    package let place: Place?

    package init(_ value: Value, place: Place? = nil) {
        self.value = value
        self.place = place
    }

    package var isEmptyText: Bool {
        if case .scalar(let text, _) = value { text.isEmpty } else { false }
    }

    /// What the value is, in words.
    package var kind: String {
        switch value {
        case .null: "empty"
        case .scalar: "a single value"
        case .list: "a list"
        case .mapping: "a group of settings"
        }
    }
}
