/// What a query asks: a name and a type, in class IN unless said otherwise.
package struct Question: Hashable, Sendable, CustomStringConvertible {
    package let name: DomainName
    package let type: RecordType
    package let recordClass: UInt16

    package init(_ name: DomainName, _ type: RecordType, recordClass: UInt16 = 1) {
        self.name = name
        self.type = type
        self.recordClass = recordClass
    }

    package var description: String { "\(name) \(type)" }
}
