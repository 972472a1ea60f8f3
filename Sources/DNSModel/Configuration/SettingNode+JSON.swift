extension SettingNode {
    /// The settings that a JSON document has, as the API takes them. Numbers and truth values become their texts.
    package init(_ json: JSONNode) {
        let place = Place(line: json.line, column: 1)
        switch json.value {
        case .null: self.init(.null, place: place)
        case .bool(let flag): self.init(.scalar("\(flag)", isQuoted: false), place: place)
        case .number(let number):
            self.init(.scalar(Int(exactly: number).map(String.init) ?? "\(number)", isQuoted: false), place: place)
        case .string(let text): self.init(.scalar(text, isQuoted: true), place: place)
        case .array(let nodes): self.init(.list(nodes.map { SettingNode($0) }), place: place)
        case .object(let members):
            let members = members.map { member in
                Member(key: member.key, place: Place(line: member.line, column: 1), node: SettingNode(member.node))
            }
            self.init(.mapping(members), place: place)
        }
    }

    /// Whether both say the same, wherever and however it is written.
    package func saysTheSame(as other: SettingNode) -> Bool {
        switch (value, other.value) {
        case (.null, .null): true
        case (.scalar(let text, _), .scalar(let otherText, _)): text == otherText
        case (.list(let nodes), .list(let others)):
            nodes.count == others.count && zip(nodes, others).allSatisfy { $0.saysTheSame(as: $1) }
        case (.mapping(let members), .mapping(let others)):
            members.count == others.count
                && zip(members, others).allSatisfy { $0.key == $1.key && $0.node.saysTheSame(as: $1.node) }
        default: false
        }
    }
}
