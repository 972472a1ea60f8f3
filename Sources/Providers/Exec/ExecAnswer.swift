import DNSModel
import Wire

/// What a program has written to its standard output: `{"values": ["192.0.2.1"], "ttl": 300, "changed": true, "opaque": …}`,
/// of which it may leave out whatever it does not know, or all of it.
struct ExecAnswer: Sendable {
    let program: String
    /// What there is now; nil when the program does not say.
    private(set) var values: Set<RecordData>?
    private(set) var ttl: TTL?
    private(set) var changed: Bool?
    /// For people and the journal, without secrets: what was written, on one line.
    let text: String
    private let isOfChange: Bool

    /// Throws what an output means that is no such object.
    init(_ output: [UInt8], text: String, to request: ExecRequest, of program: String) throws(ProviderError) {
        self.text = text
        self.program = program
        isOfChange = request.changes
        guard output.contains(where: { $0 > 0x20 }) else { return }
        let document: JSONNode
        do {
            document = try JSONNode(parsing: output)
        } catch {
            throw unintelligible("no JSON (\(error.reason))")
        }
        guard case .object = document.value else { throw unintelligible("\(document.kind) instead of an object") }
        if let node = document["values"], node.isValue {
            let texts = node.elements.compactMap(\.string)
            guard case .array(let nodes) = node.value, texts.count == nodes.count else {
                throw unintelligible("values that are no list of strings")
            }
            values = try data(texts, of: request.type)
        }
        ttl = document["ttl"]?.ttl
        changed = document["changed"]?.bool
    }

    private func data(_ texts: [String], of type: RecordType) throws(ProviderError) -> Set<RecordData> {
        var data: Set<RecordData> = []
        for text in texts {
            guard let value = try? RecordData(parsing: text, type: type) else {
                throw unintelligible("a value that is no \(type): \(PrintableText(text).text)")
            }
            data.insert(value)
        }
        return data
    }

    /// The error for an answer of a program that has ended well and does not keep to the contract.
    func unintelligible(_ what: String) -> ProviderError {
        let message = "\(program) ended well and wrote \(what)"
        return isOfChange ? .uncertain("\(message): \(text)") : .permanent("\(message); correct it", reply: text)
    }
}

extension JSONNode {
    fileprivate var isValue: Bool {
        if case .null = value { false } else { true }
    }
}
