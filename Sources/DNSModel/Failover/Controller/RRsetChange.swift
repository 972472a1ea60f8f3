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
    /// Set by whoever calls the provider, for services that pass it on or keep it beside the record.
    package var origin: ChangeOrigin?

    package init(
        name: DomainName, type: RecordType, ttl: TTL? = nil, old: Set<RecordData>?, new: Set<RecordData>,
        origin: ChangeOrigin? = nil
    ) {
        self.name = name
        self.type = type
        self.ttl = ttl
        self.old = old
        self.new = new
        self.origin = origin
    }
}

/// Where a change comes from.
package struct ChangeOrigin: Hashable, Sendable, Codable {
    package let scheme: SchemeName
    /// Grows with each change, so that whoever writes can tell a late one from the latest.
    package let number: ChangeNumber
    /// Which engine writes: `dnsconverge@host`.
    package let owner: String

    package init(scheme: SchemeName, number: ChangeNumber, owner: String) {
        self.scheme = scheme
        self.number = number
        self.owner = owner
    }
}
