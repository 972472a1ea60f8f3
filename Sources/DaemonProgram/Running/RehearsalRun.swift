import ArgumentParser
import CLI
import DNSModel
import Daemon
import Failover
import Providers
import Wire

/// A run that only says what it would do, by a configuration file and the journal as it is.
struct RehearsalRun {
    let path: String
    let output: ForecastOutput

    func run() async throws -> Never {
        let configuration: Configuration
        do throws(ConfigurationErrors) {
            configuration = try Configuration.load(path: path, providerKinds: Providers.kinds)
        } catch {
            throw CLI.CommandFailure(error.oneLine(path))
        }
        let network = try Network.forDaemon(
            root: configuration.resolvers.rootHints.delegation, resolvers: configuration.resolvers.list)
        let state = SQLiteJournal.peek(configuration.store)
        let forecasts = await Rehearsal(network: network).forecasts(
            of: configuration.schemes, memories: state?.memories ?? [:])
        try output.end(with: ForecastPage(forecasts))
    }
}
