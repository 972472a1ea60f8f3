import DNSModel
import Failover
import FoundationEssentials
import Logging

/// What SIGHUP does: all that is wrong with the new configuration is told, and the old one goes on.
struct Reconfiguration: Sendable {
    /// The reading that the daemon was started with.
    let first: Configuration
    /// Nil when the configuration comes from no file.
    let reload: (@Sendable () throws(ConfigurationErrors) -> Configuration)?
    let registry: SchemeRegistry
    let adjustments: Adjustments
    let keeper: AccessKeeper
    let journal: any Journal
    let logger: Logger
    let manager: ServiceManager

    func perform() async {
        guard let reload else { return logger.notice("there is no configuration file to read again") }
        manager.tell(.reloading)
        defer { manager.tell(.ready) }
        do throws(ConfigurationErrors) {
            await apply(try reload())
        } catch {
            for problem in error.problems { logger.error("\(problem.line(in: error.subject))") }
            logger.error("the configuration has \(error.problems.count) problems; the old one goes on")
        }
    }

    private func apply(_ new: Configuration) async {
        let fixed = new.settingsForRestart(since: first)
        if !fixed.isEmpty {
            let verb = fixed.count == 1 ? "stays as it is" : "stay as they are"
            logger.warning("\(fixed.joined(separator: ", ")) \(verb) until the daemon is started anew")
        }
        await adjustments.apply(new)
        await replaceToken(new)
        await registry.replace(new)
        logger.notice("configuration read again: \(new.schemes.count) schemes")
        await journal.commit([
            JournalRecord(at: Date(), scheme: nil, .act(who: "SIGHUP", what: "configuration read again"))
        ])
    }

    /// A server that others can reach keeps the token that it has, rather than none.
    private func replaceToken(_ new: Configuration) async {
        if new.apiToken == nil, let listen = first.listen, !listen.isLoopback {
            return logger.warning("the api_token stays as it is: \(listen) is no address of this machine alone")
        }
        await keeper.replace(token: new.apiToken)
    }
}
