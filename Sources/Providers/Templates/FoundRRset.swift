import DNSModel
import Wire

/// What a look-up has found: no records, when there is no such RRset.
struct FoundRRset: Hashable, Sendable {
    struct Record: Hashable, Sendable {
        /// Empty where records have none of their own.
        var id: String
        var data: RecordData
    }

    var records: [Record] = []
    var ttl: TTL?

    var values: Set<RecordData> { Set(records.map(\.data)) }
}

extension TemplateLookup {
    /// What a reply's document says; nil when it does not have the form that it should.
    func found(in document: JSONNode, type: RecordType, with values: RequestValues) -> FoundRRset? {
        let elements: [JSONNode]
        if let list {
            guard case .array(let nodes)? = document.at(pointer: list)?.value else { return nil }
            elements = nodes
        } else {
            elements = [document]
        }
        var found = FoundRRset()
        for element in elements where isMeant(element, values) {
            guard let texts = texts(of: element) else { return nil }
            let id = id.flatMap { element.at(pointer: $0)?.scalarText } ?? ""
            for text in texts {
                guard let data = RecordData(written: text, type: type) else { return nil }
                found.records.append(FoundRRset.Record(id: id, data: data))
            }
            let ttl = ttl.flatMap { element.at(pointer: $0)?.ttl }
            found.ttl = [found.ttl, ttl].compactMap(\.self).min()
        }
        return found
    }

    /// Services may leave a filter in the query out of account. Names are compared as names.
    private func isMeant(_ element: JSONNode, _ values: RequestValues) -> Bool {
        conditions.allSatisfy { condition in
            guard let text = element.at(pointer: condition.pointer)?.scalarText else { return false }
            let wanted = condition.text.filled(values, as: .plain)
            return text.lowercased() == wanted.lowercased() || text.lowercased() == wanted.lowercased() + "."
        }
    }

    /// The values of an element as they are written; nil when one of them is not where it should be.
    private func texts(of element: JSONNode) -> [String]? {
        guard let node = element.at(pointer: values) else { return nil }
        guard case .array(let nodes) = node.value else { return node.scalarText.map { [$0] } }
        let texts = nodes.compactMap { $0.at(pointer: value ?? "")?.scalarText }
        return texts.count == nodes.count ? texts : nil
    }
}

extension RecordData {
    /// Reads what a service has written, TXT data with or without quotation marks.
    fileprivate init?(written text: String, type: RecordType) {
        guard let data = try? RecordData(parsing: text, type: type) else { return nil }
        self = data.joiningStrings
    }
}
