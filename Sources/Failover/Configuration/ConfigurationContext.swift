import DNSModel
import Providers

/// What reading a configuration needs besides its text.
package struct ConfigurationContext: Sendable {
    package let references: SecretReferences
    package let providerKinds: [any Provider.Type]
    /// Kept from one reading to the next.
    package let heartbeats: HeartbeatBoard

    package init(
        references: SecretReferences, providerKinds: [any Provider.Type], heartbeats: HeartbeatBoard = HeartbeatBoard()
    ) {
        self.references = references
        self.providerKinds = providerKinds
        self.heartbeats = heartbeats
    }

    func reader(_ node: SettingNode, path: String) -> SettingReader {
        SettingReader(node, path: path) { [references] reference throws(SecretProblem) in
            try references.secret(reference)
        }
    }

    /// Warns of files with secrets that everybody on the machine can read.
    func exposedSecrets(in root: SettingNode) -> [SettingProblem] {
        root.scalars(path: "").compactMap { field, node, text in
            references.exposedFile(text).map { path in
                SettingProblem(
                    place: node.place, field: field,
                    message: "everybody on this machine can read \(path): chmod 640 \(path)")
            }
        }
    }
}

extension SettingNode {
    /// All single values with their fields.
    fileprivate func scalars(path: String) -> [(field: String, node: SettingNode, text: String)] {
        switch value {
        case .null: []
        case .scalar(let text, _): [(path, self, text)]
        case .list(let nodes): nodes.enumerated().flatMap { $0.element.scalars(path: "\(path)[\($0.offset + 1)]") }
        case .mapping(let members):
            members.flatMap { $0.node.scalars(path: path.isEmpty ? $0.key : "\(path).\($0.key)") }
        }
    }
}
