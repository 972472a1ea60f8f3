/// A resource record as it stood in a message.
package struct Record: Sendable, Hashable {
    package let owner: DomainName
    package let recordClass: UInt16
    package let ttl: TTL
    package let data: RecordData

    package init(owner: DomainName, recordClass: UInt16 = 1, ttl: TTL, data: RecordData) {
        self.owner = owner
        self.recordClass = recordClass
        self.ttl = ttl
        self.data = data
    }

    package var type: RecordType { data.type }
}
