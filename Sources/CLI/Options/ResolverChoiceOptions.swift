import ArgumentParser
import DNSModel

/// Which entries of which list a command about resolvers means.
struct ResolverChoiceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A list in place of the built-in one.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var resolvers: String?

    @Option(
        help: ArgumentHelp("Only these tiers, such as core,extended.", valueName: "tier"),
        transform: TierList.init(argument:))
    var tier: TierList?

    @Argument(help: "Only the entries with these ids.")
    var ids: [String] = []

    /// The list, less the entries that are not meant. Without a choice those of `defaultTier` are; nil is all.
    func list(defaultTier: Resolver.Tier? = nil) throws -> ResolverList {
        let list = try ResolverList.load(from: resolvers)
        for id in ids where list[id: id] == nil {
            throw CommandFailure("the list has no resolver \"\(id)\"; 'dnsconverge resolvers list' shows all ids")
        }
        let isDefault = ids.isEmpty && tier == nil
        let tiers = tier?.tiers ?? (isDefault ? defaultTier.map { [$0] } : nil)
        let chosen = list.resolvers.filter { resolver in
            let isOfTier = tiers.map { tiers in resolver.tier.map(tiers.contains) ?? false } ?? true
            return isOfTier && (ids.isEmpty || ids.contains(resolver.id))
        }
        guard !chosen.isEmpty else {
            throw CommandFailure("no resolver of the list is of the tiers and ids that are meant")
        }
        return ResolverList(resolvers: chosen, updated: list.updated, sources: list.sources)
    }
}
