/// Records of one owner and type; compares without order, TTL, or case of the owner.
package struct RRset: Sendable, Hashable {
    package let owner: DomainName
    package let type: RecordType
    package let data: Set<RecordData>

    package init(owner: DomainName, type: RecordType, data: some Sequence<RecordData>) {
        self.owner = owner
        self.type = type
        self.data = Set(data)
    }
}

extension Set<RecordData> {
    /// The values in canonical order, as text.
    package var texts: [String] { sorted().map(\.text) }
}
