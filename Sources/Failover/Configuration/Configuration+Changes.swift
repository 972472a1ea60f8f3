import DNSModel
import Wire

extension Configuration {
    /// The settings that differ from those of a daemon's start, and that only another start puts into force.
    package func settingsForRestart(since first: Configuration) -> [String] {
        [
            ("listen", listen == first.listen), ("hosts", hosts == first.hosts), ("socket", socket == first.socket),
            ("store", store == first.store),
            ("retention", retention == first.retention), ("resolvers", resolvers.saysTheSame(as: first.resolvers)),
        ].filter { !$0.1 }.map(\.0)
    }
}

extension ResolverSettings {
    fileprivate func saysTheSame(as other: ResolverSettings) -> Bool {
        tiers == other.tiers && list?.resolvers == other.list?.resolvers
            && rootHints.delegation == other.rootHints.delegation
    }
}
