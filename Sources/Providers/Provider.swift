import DNSModel
import Wire

/// A service that publishes records. Its settings are its properties; `Providers.kinds` lists all of them.
package protocol Provider: Sendable {
    /// The name in configurations: `cloudflare`.
    static var kind: String { get }

    /// Reads the settings and notes what is wrong with them; nil when something is.
    init?(reading settings: inout SettingReader)

    var traits: ProviderTraits { get }

    /// What the service has now, by its own interface, past the DNS: nil when there is no such way, an empty set when
    /// there is no such RRset. The TTL is the service's.
    func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset?

    /// Makes the changes, all of them or none where the service can; one outcome for each change, in their order. It
    /// calls the service as seldom as can be, and never for a change whose old values are the new ones.
    func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome]

    /// Does what the provider has to do itself for as long as the program runs, until the task is cancelled. Most have
    /// nothing to do, and return at once.
    func serve() async
}

extension Provider {
    package func serve() async {}
}

/// What a service has published under one name and type.
package struct PublishedRRset: Hashable, Sendable {
    package var values: Set<RecordData>
    package var ttl: TTL?
    /// The service shows addresses of its own instead (Cloudflare's proxied records).
    package var isHidden: Bool

    package init(values: Set<RecordData>, ttl: TTL? = nil, isHidden: Bool = false) {
        self.values = values
        self.ttl = ttl
        self.isHidden = isHidden
    }
}
