import DNSModel
import FoundationEssentials
import Providers
import Wire

/// Finds out what a daemon that starts now would do: makes every check once, looks at the authority, and changes nothing.
package struct Rehearsal: Sendable {
    private let network: Network
    private let lookout: Lookout
    /// As many schemes at once.
    private let limiter = Limiter(32)

    package init(network: Network) {
        self.network = network
        lookout = Lookout(network: network)
    }

    /// `memories` are what a daemon would find in its journal. In the order of the schemes.
    package func forecasts(
        of schemes: [ConfiguredScheme], memories: [SchemeName: FailoverMemory] = [:]
    ) async -> [Forecast] {
        await withTaskGroup(of: (Int, Forecast).self) { group in
            for (index, scheme) in schemes.enumerated() {
                let memory = memories[scheme.scheme.name] ?? FailoverMemory()
                group.addTask { (index, await limiter.run { await forecast(of: scheme, memory) }) }
            }
            let all = await group.reduce(into: [Int: Forecast]()) { $0[$1.0] = $1.1 }
            return all.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private func forecast(of configured: ConfiguredScheme, _ memory: FailoverMemory) async -> Forecast {
        async let results = results(of: configured)
        let view = await look(at: configured)
        return Forecast(
            starting: configured.scheme, traits: configured.provider.traits, memory: memory, results: await results,
            view: view, at: Date())
    }

    private func results(of configured: ConfiguredScheme) async -> [ServerName: CheckResult] {
        await withTaskGroup(of: (ServerName, CheckResult).self) { group in
            for (name, check) in configured.checks { group.addTask { (name, await check.result(over: network)) } }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    /// A provider that answers questions itself does so for as long as it is asked.
    private func look(at configured: ConfiguredScheme) async -> AuthorityView {
        let provider = configured.provider
        let nameservers = (provider as? any AuthoritativeProvider)?.nameservers ?? []
        let serving = Task { if !nameservers.isEmpty { await provider.serve() } }
        defer { serving.cancel() }
        return await lookout.look(at: configured.scheme, instead: nameservers)
    }
}
