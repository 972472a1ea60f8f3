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

    /// The list, less the entries that are not meant.
    func list() throws -> ResolverList {
        let list = try ResolverList.load(from: resolvers)
        for id in ids where list[id: id] == nil {
            throw CommandFailure("the list has no resolver \"\(id)\"; 'dnsconverge resolvers list' shows all ids")
        }
        let chosen = list.resolvers.filter { resolver in
            (ids.isEmpty || ids.contains(resolver.id))
                && (tier == nil || resolver.tier.map { tier?.tiers.contains($0) ?? false } ?? false)
        }
        return ResolverList(resolvers: chosen, updated: list.updated, sources: list.sources)
    }
}
