/// One RRset that is to become another. An empty set of values: there is no such RRset.
package struct RRsetChange: Hashable, Sendable, Codable {
    package let name: DomainName
    package let type: RecordType
    /// Nil: as the service has it.
    package let ttl: TTL?
    /// What the authoritative servers were seen to have; nil when that is unknown. A provider that can compare and set
    /// refuses the change when it finds something else.
    package let old: Set<RecordData>?
    package let new: Set<RecordData>

    package init(
        name: DomainName, type: RecordType, ttl: TTL? = nil, old: Set<RecordData>?, new: Set<RecordData>
    ) {
        self.name = name
        self.type = type
        self.ttl = ttl
        self.old = old
        self.new = new
    }
}
