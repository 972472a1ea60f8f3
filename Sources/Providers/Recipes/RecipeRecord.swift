import DNSModel
import Wire

/// A record that was looked up.
struct RecipeRecord: Sendable {
    let data: RecordData
    /// Where the service has one for each record.
    let identifier: String?
    let ttl: TTL?
}

extension HTTPRecipe.Lookup {
    /// The records of a type in a reply; nil when it is not of the form that was expected.
    func records(
        in document: JSONNode, of type: RecordType, _ values: [Placeholder: String]
    ) -> [RecipeRecord]? {
        guard case .array(let nodes)? = document.at(pointer: records)?.value else { return nil }
        let common = ttl.flatMap { document.at(pointer: $0)?.ttl }
        let wanted = filter.mapValues { $0.filled(values, for: .plain).lowercased() }
        let ours = nodes.filter { node in wanted.allSatisfy { node[$0.key]?.scalarText?.lowercased() == $0.value } }
        return ours.compactMap { node in
            guard let text = node.at(pointer: value)?.string, let data = try? RecordData(parsing: text, type: type)
            else { return nil }
            return RecipeRecord(
                data: data, identifier: identifier.flatMap { node.at(pointer: $0)?.scalarText },
                ttl: recordTTL.flatMap { node.at(pointer: $0)?.ttl } ?? common)
        }
    }
}
