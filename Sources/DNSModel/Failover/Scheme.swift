/// A dynamic record, the servers it may lead to, and how one is chosen.
package struct Scheme: Hashable, Sendable, Codable {
    package struct Record: Hashable, Sendable, Codable {
        package var name: DomainName
        /// Nil: as the service has it.
        package var ttl: TTL?

        package init(name: DomainName, ttl: TTL? = nil) {
            self.name = name
            self.ttl = ttl
        }
    }

    /// A server that the record may lead to.
    package struct Server: Hashable, Sendable, Codable {
        package var name: ServerName
        /// One or more; those of one family are published together.
        package var addresses: [IPAddress]
        /// The larger wins.
        package var priority: Int
        package var thresholds: Thresholds

        package init(
            name: ServerName, addresses: [IPAddress], priority: Int, thresholds: Thresholds = Thresholds()
        ) {
            self.name = name
            self.addresses = addresses
            self.priority = priority
            self.thresholds = thresholds
        }
    }

    package var name: SchemeName
    package var record: Record
    /// The CNAME that people use, checked too.
    package var alias: DomainName?
    /// In the order of the file.
    package var servers: [Server]
    package var policy: Policy
    /// Names of checks that tell whether our own network works.
    package var canaries: [ServerName]

    package init(
        name: SchemeName, record: Record, alias: DomainName? = nil, servers: [Server], policy: Policy = Policy(),
        canaries: [ServerName] = []
    ) {
        self.name = name
        self.record = record
        self.alias = alias
        self.servers = servers
        self.policy = policy
        self.canaries = canaries
    }

    /// The families that are published: those of any server's addresses.
    package var families: [IPAddress.Family] {
        IPAddress.Family.allCases.filter { family in
            servers.contains { $0.addresses.contains { $0.family == family } }
        }
    }
}

extension Scheme {
    /// The priority of a server that is to come behind the others, as far behind as people usually leave.
    package var nextPriority: Int { servers.map(\.priority).min().map { $0 - 5 } ?? 100 }
}
