/// A zone cut as seen from above and from below: what the parent says, and what the zone's own servers say.
package struct Delegation: Sendable, Hashable {
    /// The zone's name.
    package let apex: DomainName
    /// The zone that delegates to it; nil for the root.
    package let parent: DomainName?
    /// The NS set in the parent's referral. Empty when the parent's servers hold the child too and never refer to it.
    package var parentNameservers: [DomainName]
    /// Addresses the parent gave with the referral, by name of the server.
    package var glue: [DomainName: [IPAddress]]
    /// The NS set at the apex, by address of the server that was asked.
    package var childNameservers: [IPAddress: Set<DomainName>] = [:]
    /// Addresses of the servers from their own zones, by name. An empty list was answered; a missing name was not.
    package var addresses: [DomainName: [IPAddress]] = [:]

    package init(
        apex: DomainName, parent: DomainName?, nameservers: [DomainName], glue: [DomainName: [IPAddress]] = [:]
    ) {
        self.apex = apex
        self.parent = parent
        self.parentNameservers = nameservers
        self.glue = glue
    }

    /// Every name that the parent or any server of the zone lists, the parent's first.
    package var nameservers: [DomainName] {
        let names = parentNameservers
        let below = childNameservers.values.reduce(into: Set<DomainName>()) { $0.formUnion($1) }
        return names + below.subtracting(names).sorted()
    }

    /// Every address under which a server of the zone may be asked: glue and authoritative data together, in order.
    package func addresses(of name: DomainName) -> [IPAddress] {
        Set(glue[name] ?? []).union(addresses[name] ?? []).sorted()
    }
}
