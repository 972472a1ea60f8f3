import DNSModel
import Wire

/// A check as a command line orders it: what is asked, whom, and from which roots the walk starts.
struct CheckOrder {
    var settings: CheckSettings
    let list: ResolverList
    let root: Delegation

    init(_ subject: SubjectOptions, _ servers: ServerOptions, _ judging: JudgingOptions) throws {
        // What a scheme says is asked for later.
        try self.init(subject.scheme == nil ? subject.request().subjects() : [], servers, judging)
    }

    init(_ subjects: [CheckSubject], _ servers: ServerOptions, _ judging: JudgingOptions) throws {
        list = servers.noResolvers ? ResolverList(resolvers: []) : try ResolverList.load(from: servers.resolvers)
        settings = try CheckSettings(subjects, servers, judging, list: list)
        root = try RootHints.load(from: servers.rootHints)
    }

    init(_ plugin: PluginCheck) throws {
        list = plugin.authoritativeOnly ? ResolverList(resolvers: []) : try ResolverList.load(from: plugin.resolvers)
        settings = try CheckSettings(plugin, list: list)
        root = try RootHints.load(from: plugin.rootHints)
    }
}

extension RootHints {
    /// The root servers that a file names, or the built-in ones.
    static func load(from path: String?) throws -> Delegation {
        guard let path else { return builtIn.delegation }
        let text = String(decoding: try InputFile.contents(of: path), as: UTF8.self)
        do throws(FileError) {
            return try RootHints(zoneFile: text).delegation
        } catch {
            throw CommandFailure("--root-hints \(path): \(error)")
        }
    }
}
