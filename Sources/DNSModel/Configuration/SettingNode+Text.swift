extension SettingNode {
    /// The settings as JSON: numbers and truth values are such where they were written as such.
    package var json: JSONText {
        switch value {
        case .null: .null
        case .scalar(let text, let isQuoted):
            if isQuoted {
                .string(text)
            } else if let number = SettingReader.integer(text) {
                .number(number)
            } else {
                text == "true" || text == "false" ? .bool(text == "true") : .string(text)
            }
        case .list(let nodes): .list(nodes.map(\.json))
        case .mapping(let members): .object(members.map { ($0.key, $0.node.json) })
        }
    }
}
