import DNSModel

extension JSONNode {
    /// An object's member; nil for everything else.
    subscript(key: String) -> JSONNode? {
        guard case .object(let members) = value else { return nil }
        return members.first { $0.key == key }?.node
    }

    /// What a JSON pointer leads to (RFC 6901): `/result/0/id`; the whole document for an empty one.
    func at(pointer: String) -> JSONNode? {
        pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().reduce(self as JSONNode?) {
            node, part in
            let key = String(part.replacing("~1", with: "/").replacing("~0", with: "~"))
            guard case .array(let nodes)? = node?.value else { return node?[key] }
            return Int(key).flatMap { nodes.indices.contains($0) ? nodes[$0] : nil }
        }
    }

    var string: String? {
        if case .string(let text) = value { text } else { nil }
    }

    var bool: Bool? {
        if case .bool(let bool) = value { bool } else { nil }
    }

    /// A whole number.
    var integer: Int? {
        if case .number(let number) = value { Int(exactly: number) } else { nil }
    }

    /// An array's elements; none for everything else.
    var elements: [JSONNode] {
        if case .array(let nodes) = value { nodes } else { [] }
    }

    /// A string, a whole number or a truth value as text: services write identifiers in either way.
    var scalarText: String? { string ?? integer.map(String.init) ?? bool.map { "\($0)" } }

    /// The TTL that a number is, unless it is out of range.
    var ttl: TTL? { integer.flatMap(UInt32.init(exactly:)).map { TTL($0) } }
}
