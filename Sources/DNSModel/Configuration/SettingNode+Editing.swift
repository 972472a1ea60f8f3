/// Settings that are changed where they stand.
extension SettingNode {
    /// The node at a path of keys, nil when there is none.
    package subscript(path: [String]) -> SettingNode? {
        guard let key = path.first else { return self }
        let rest = Array(path.dropFirst())
        switch value {
        case .mapping(let members): return members.first { $0.key == key }?.node[rest]
        case .list(let nodes):
            guard let index = Int(key), nodes.indices.contains(index) else { return nil }
            return nodes[index][rest]
        case .null, .scalar: return nil
        }
    }

    /// The same settings with another node at the path: in its place where there is one, else behind the others of its
    /// group. Nil takes it away. Where the path leads through something that is no group, nothing is changed.
    package func setting(_ path: [String], to node: SettingNode?) -> SettingNode {
        guard let key = path.first else { return node ?? SettingNode(.null, place: place) }
        let rest = Array(path.dropFirst())
        switch value {
        case .mapping(var members):
            let index = members.firstIndex { $0.key == key }
            let old = index.map { members[$0].node } ?? SettingNode(.mapping([]))
            if rest.isEmpty, node == nil {
                members.removeAll { $0.key == key }
            } else {
                let member = Member(key: key, place: nil, node: old.setting(rest, to: node))
                if let index { members[index] = member } else { members.append(member) }
            }
            return SettingNode(.mapping(members), place: place)
        case .list(var nodes):
            guard let index = Int(key), nodes.indices.contains(index) else { return self }
            nodes[index] = nodes[index].setting(rest, to: node)
            return SettingNode(.list(nodes), place: place)
        case .null: return SettingNode(.mapping([]), place: place).setting(path, to: node)
        case .scalar: return self
        }
    }

    /// The texts of all single values.
    package var texts: [String] {
        switch value {
        case .null: []
        case .scalar(let text, _): [text]
        case .list(let nodes): nodes.flatMap(\.texts)
        case .mapping(let members): members.flatMap(\.node.texts)
        }
    }

    /// The keys of all groups within.
    package var keys: [String] {
        switch value {
        case .null, .scalar: []
        case .list(let nodes): nodes.flatMap(\.keys)
        case .mapping(let members): members.flatMap { [$0.key] + $0.node.keys }
        }
    }

    /// The members of a group, in their order; none when it is no group.
    package var members: [Member] {
        if case .mapping(let members) = value { members } else { [] }
    }
}

extension SettingProblem {
    /// The field as a path for `SettingNode`: `notify.webhook[2].url` is `notify`, `webhook`, `1`, `url`.
    package var path: [String] {
        field.split(separator: ".").flatMap { part -> [String] in
            let pieces = part.split(whereSeparator: { $0 == "[" || $0 == "]" }).map(String.init)
            return pieces.prefix(1) + pieces.dropFirst().map { Int($0).map { "\($0 - 1)" } ?? $0 }
        }
    }
}
