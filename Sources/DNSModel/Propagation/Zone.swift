/// A zone as it was found: its place in the tree and its servers.
package struct Zone: Sendable {
    /// Where the servers' names and addresses come from.
    package enum Source: String, Sendable, Hashable, Codable {
        /// Our own walk from the root.
        case walk
        /// The machine's resolver, on request.
        case systemResolver = "system-resolver"
        /// The command line.
        case given
    }

    package struct Nameserver: Sendable, Hashable {
        package let name: DomainName
        package let addresses: [IPAddress]

        package init(name: DomainName, addresses: [IPAddress]) {
            self.name = name
            self.addresses = addresses
        }
    }

    package let apex: DomainName
    package let parent: DomainName?
    /// Every server that is asked, with every address of it.
    package let nameservers: [Nameserver]
    package let source: Source
    /// The NS set at the parent; empty when it was not seen.
    package let parentNames: Set<DomainName>
    /// The NS set at the zone's own apex; nil when it was not seen.
    package let childNames: Set<DomainName>?
    /// The addresses that the parent hands out, by server.
    package let glue: [DomainName: Set<IPAddress>]
    /// The addresses that the servers' own zones publish, by server; only what was really asked.
    package let published: [DomainName: Set<IPAddress>]

    package init(
        apex: DomainName, parent: DomainName? = nil, nameservers: [Nameserver], source: Source = .walk,
        parentNames: Set<DomainName> = [], childNames: Set<DomainName>? = nil,
        glue: [DomainName: Set<IPAddress>] = [:], published: [DomainName: Set<IPAddress>] = [:]
    ) {
        self.apex = apex
        self.parent = parent
        self.nameservers = nameservers
        self.source = source
        self.parentNames = parentNames
        self.childNames = childNames
        self.glue = glue
        self.published = published
    }
}
