import ArgumentParser
import CLI
import DNSModel
import Daemon
import Failover
import FoundationEssentials
import Glibc
import Logging

/// The daemon.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: DaemonCommand.run.rawValue, abstract: DaemonCommand.run.abstract,
        discussion: """
            SIGHUP reads the configuration again, and keeps the old one when the new one has mistakes. SIGTERM ends after \
            the provider calls in flight; records stay as they are.
            """)

    @Option(
        name: [.customShort("f"), .long],
        help: ArgumentHelp("The configuration (/etc/dnsconverge/dnsconverge.yaml).", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Flag(help: "Decide and note, but change no record.")
    var observe = false

    @Flag(help: "Say what would be done, and why, with every check made once; then end with the worst state's code.")
    var dryRun = false

    @Flag(help: "With --dry-run: as JSON.")
    var json = false

    @Flag(help: "Try it out: three servers and a name server inside this process, no configuration, no account.")
    var sandbox = false

    @Flag(name: [.short, .long], help: "Log details, too.")
    var verbose = false

    func validate() throws {
        if sandbox, dryRun { throw ValidationError("--dry-run is for a configuration: leave --sandbox out") }
        if json, !dryRun { throw ValidationError("--json goes with --dry-run") }
        if sandbox, config != nil { throw ValidationError("--sandbox needs no configuration: leave --config out") }
    }

    func run() async throws {
        if dryRun {
            try await RehearsalRun(
                path: config ?? Configuration.usualPath, output: ForecastOutput(isJSON: json)
            ).run()
        }
        // What the daemon makes is its own: the socket, the journal.
        umask(0o077)
        let level: Logger.Level = verbose ? .debug : .info
        let logger = Logger(label: "dnsconverge") { _ in ServiceLog(level: level) }
        if sandbox {
            try await SandboxRun(logger: logger, observesOnly: observe).run()
        } else {
            try await ServiceRun(path: config ?? Configuration.usualPath, logger: logger, observesOnly: observe).run()
        }
    }
}
