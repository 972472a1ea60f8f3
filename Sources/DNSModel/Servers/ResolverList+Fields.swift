/// A field of a list's document, with the path that errors name.
struct JSONField {
    /// The last part of the path.
    let name: String
    let path: String
    let node: JSONNode

    func string() throws(ResolverListError) -> String {
        guard case .string(let text) = node.value else { throw error("is \(node.kind), not a string") }
        return text
    }

    func bool() throws(ResolverListError) -> Bool {
        guard case .bool(let value) = node.value else { throw error("is \(node.kind), not true or false") }
        return value
    }

    func list() throws(ResolverListError) -> [JSONField] {
        guard case .array(let nodes) = node.value else { throw error("is \(node.kind), not a list") }
        return nodes.map { JSONField(name: name, path: path, node: $0) }
    }

    func members() throws(ResolverListError) -> [JSONField] {
        guard case .object(let members) = node.value else { throw error("is \(node.kind), not an object") }
        return members.map { JSONField(name: $0.key, path: "\(path).\($0.key)", node: $0.node) }
    }

    /// An error about this field that quotes its text, when it is one.
    func error(_ reason: String) -> ResolverListError {
        guard case .string(let text) = node.value else {
            return ResolverListError(line: node.line, field: path, reason: reason)
        }
        return ResolverListError(line: node.line, field: path, reason: "\"\(text)\" \(reason)")
    }
}

/// The fields of an object.
struct JSONFields {
    /// Whose they are, for errors: `resolver "quad9"`.
    private let subject: String?
    private let line: Int
    private let members: [JSONNode.Member]

    init(_ node: JSONNode, subject: String?) throws(ResolverListError) {
        guard case .object(let members) = node.value else {
            throw ResolverListError(line: node.line, field: subject, reason: "\(node.kind) is no object in braces")
        }
        self.subject = subject
        self.line = node.line
        self.members = members
    }

    subscript(_ key: String) -> JSONField? {
        members.first { $0.key == key }.map { JSONField(name: key, path: path(to: key), node: $0.node) }
    }

    func required(_ key: String) throws(ResolverListError) -> JSONField {
        guard let field = self[key] else { throw error("has no \"\(key)\"") }
        return field
    }

    func allowOnly(_ keys: Set<String>) throws(ResolverListError) {
        guard let unknown = members.first(where: { !keys.contains($0.key) }) else { return }
        throw ResolverListError(
            line: unknown.line, field: path(to: unknown.key),
            reason: "is not known; known are \(keys.sorted().joined(separator: ", "))")
    }

    func error(_ reason: String) -> ResolverListError {
        ResolverListError(line: line, field: nil, reason: "\(subject ?? "the object") \(reason)")
    }

    private func path(to key: String) -> String {
        subject.map { "\($0): \(key)" } ?? key
    }
}
