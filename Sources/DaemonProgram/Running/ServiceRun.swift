import CLI
import DNSModel
import Daemon
import Failover
import Logging
import Providers
import Wire

/// A run by a configuration file.
struct ServiceRun {
    let path: String
    let logger: Logger
    let observesOnly: Bool

    func run() async throws {
        let heartbeats = HeartbeatBoard()
        let path = path
        let load: @Sendable () throws(ConfigurationErrors) -> Configuration = { () throws(ConfigurationErrors) in
            try Configuration.load(path: path, providerKinds: Providers.kinds, heartbeats: heartbeats)
        }
        let configuration: Configuration
        do throws(ConfigurationErrors) {
            configuration = try load()
        } catch {
            throw CLI.CommandFailure(error.oneLine(path))
        }
        let (reports, feed) = AsyncStream.makeStream(of: JournalReport.self, bufferingPolicy: .bufferingNewest(100))
        let journal = try await openJournal(configuration, feed)
        var options = Daemon.Options()
        options.observesOnly = observesOnly
        options.version = Dnsconverge.version
        let daemon = Daemon(
            configuration, options: options, logger: logger,
            network: try Network.forDaemon(
                root: configuration.resolvers.rootHints.delegation, resolvers: configuration.resolvers.list),
            journal: journal, journalReports: reports, reload: load)
        try await daemon.run()
        await journal.close()
    }

    private func openJournal(
        _ configuration: Configuration, _ feed: AsyncStream<JournalReport>.Continuation
    ) async throws -> SQLiteJournal {
        var retention = JournalRetention()
        retention.age = configuration.retention
        let logger = logger
        do throws(JournalRefusal) {
            return try await SQLiteJournal(
                path: configuration.store, retention: retention,
                report: { report in
                    logger.log(level: report.isProblem ? .error : .notice, "\(report.text)")
                    feed.yield(report)
                })
        } catch {
            throw CLI.CommandFailure(error.description)
        }
    }
}

extension ConfigurationErrors {
    /// The first of all problems, and where to see the others.
    func oneLine(_ path: String) -> String {
        let first = problems.first.map { $0.line(in: subject) } ?? subject
        return problems.count < 2
            ? first : "\(first) (and \(problems.count - 1) more; 'dnsconverge validate \(path)' lists them all)"
    }
}
