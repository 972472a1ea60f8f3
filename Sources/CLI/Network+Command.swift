import DNSModel
import Wire

extension Network {
    /// All ways to the network, for a program that goes on for long.
    package static func forDaemon(root: Delegation, resolvers: ResolverList?) throws -> Network {
        Network(
            engine: try QueryEngine.forCommand(trust: .system, countsOutcomes: true), http: HTTPClient(), root: root,
            resolvers: try resolvers ?? ResolverList.load(from: nil))
    }
}
