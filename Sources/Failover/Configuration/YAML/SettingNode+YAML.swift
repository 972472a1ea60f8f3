import DNSModel
import Yams

extension SettingNode {
    /// The settings as a YAML document that reads as the same settings again.
    package var yaml: String {
        // Fails only for want of memory.
        (try? Yams.serialize(node: yamlNode, width: 100, allowUnicode: true)) ?? ""
    }

    private var yamlNode: Node {
        switch value {
        case .null: Node("null", .implicit, .plain)
        case .scalar(let text, let isQuoted): Node(text, .implicit, isQuoted || text.needsQuotes ? .doubleQuoted : .any)
        case .list(let nodes): Node(nodes.map(\.yamlNode), .implicit, nodes.areScalars ? .flow : .block)
        case .mapping(let members):
            Node(members.map { (Node($0.key), $0.node.yamlNode) }, .implicit, members.isEmpty ? .flow : .block)
        }
    }
}

extension String {
    /// Whether the plain text would be read as no text at all.
    fileprivate var needsQuotes: Bool { ["", "~", "null", "Null", "NULL"].contains(self) }
}

extension [SettingNode] {
    fileprivate var areScalars: Bool {
        allSatisfy { if case .scalar = $0.value { true } else { false } }
    }
}
