import DNSModel

/// An answer that is another than the same server's before.
package struct ObservedChange: Hashable, Sendable, Codable {
    package let name: DomainName
    package let type: RecordType
    /// The operator of a resolver, or the name of an authoritative server.
    package let observer: String
    package let isAuthoritative: Bool
    package let address: String
    package let verdict: Verdict
    /// As they are printed; none when there is no such RRset, or no answer.
    package let values: [String]
    package let ttl: TTL?

    package init(
        name: DomainName, type: RecordType, observer: String, isAuthoritative: Bool, address: String, verdict: Verdict,
        values: [String], ttl: TTL?
    ) {
        self.name = name
        self.type = type
        self.observer = observer
        self.isAuthoritative = isAuthoritative
        self.address = address
        self.verdict = verdict
        self.values = values
        self.ttl = ttl
    }
}
