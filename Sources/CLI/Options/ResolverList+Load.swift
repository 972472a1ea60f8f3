import DNSModel

extension ResolverList {
    /// The list in a file, or the one that is compiled in.
    static func load(from path: String?) throws -> ResolverList {
        let contents = try path.map(InputFile.contents) ?? PackageResources.resolvers_json
        do throws(ResolverListError) {
            return try ResolverList(json: contents, isBuiltIn: path == nil)
        } catch {
            throw CommandFailure("\(path ?? "the built-in list of resolvers"): \(error)")
        }
    }
}
