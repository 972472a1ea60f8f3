import DNSModel

/// A change of a zone that its primary server makes wholly or not at all (RFC 2136), and what must hold before.
package struct DynamicUpdate: Hashable, Sendable {
    package enum Prerequisite: Hashable, Sendable {
        /// There is such an RRset with exactly these values, of which there is one at least; TTLs do not matter.
        case rrset(DomainName, RecordType, Set<RecordData>)
        /// There is such an RRset, whatever its values.
        case rrsetExists(DomainName, RecordType)
        case rrsetAbsent(DomainName, RecordType)
        /// The name has some RRset.
        case nameInUse(DomainName)
        case nameNotInUse(DomainName)
    }

    /// One step; they are made in their order.
    package enum Change: Hashable, Sendable {
        case deleteRRset(DomainName, RecordType)
        /// Takes one record away, whatever its TTL; nothing happens when it is not there.
        case delete(DomainName, RecordData)
        /// Adds a record; the RRset's other records get its TTL.
        case add(DomainName, TTL, RecordData)
    }

    /// The apex of the zone.
    package var zone: DomainName
    package var prerequisites: [Prerequisite]
    package var changes: [Change]

    package init(zone: DomainName, prerequisites: [Prerequisite] = [], changes: [Change]) {
        self.zone = zone
        self.prerequisites = prerequisites
        self.changes = changes
    }

    /// Makes an RRset another; with `old`, only if it is that: an empty set means that there must be none.
    package mutating func replace(
        _ name: DomainName, _ type: RecordType, old: Set<RecordData>?, new: Set<RecordData>, ttl: TTL
    ) {
        if let old { prerequisites.append(old.isEmpty ? .rrsetAbsent(name, type) : .rrset(name, type, old)) }
        changes.append(.deleteRRset(name, type))
        changes += new.sorted { $0.text < $1.text }.map { .add(name, ttl, $0) }
    }

    /// Why no server could take it, if so.
    var problem: String? {
        for case .rrset(let name, let type, let values) in prerequisites
        where values.isEmpty || values.contains(where: { $0.type != type }) {
            return "\(name) \(type): a prerequisite needs values of that type"
        }
        let names = prerequisites.map(\.name) + changes.map(\.name)
        return names.first { !$0.isSubdomain(of: zone) }.map { "\($0) is not in the zone \(zone)" }
    }
}

extension DynamicUpdate.Prerequisite {
    package var name: DomainName {
        switch self {
        case .rrset(let name, _, _), .rrsetExists(let name, _), .rrsetAbsent(let name, _), .nameInUse(let name),
            .nameNotInUse(let name):
            name
        }
    }
}

extension DynamicUpdate.Change {
    package var name: DomainName {
        switch self {
        case .deleteRRset(let name, _), .delete(let name, _), .add(let name, _, _): name
        }
    }
}
