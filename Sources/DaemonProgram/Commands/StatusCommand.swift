import ArgumentParser
import CLI
import DNSModel
import Failover

/// What the daemon knows of its schemes.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: DaemonCommand.status.rawValue, abstract: DaemonCommand.status.abstract,
        discussion: """
            Ends with 0 when all is well, 1 while a change is on its way or something wants attention, 2 when a published \
            server is down, all are, or a change is stuck, and 3 when nothing is known.
            """)

    @Argument(help: "The scheme; all of them when left out.")
    var scheme: String?

    @OptionGroup var daemon: DaemonOptions

    @Option(help: ArgumentHelp("text, json, nagios or okerr.", valueName: "format"))
    var format: OutputFormat?

    @Flag(help: "The same as --format json.")
    var json = false

    @Option(help: ArgumentHelp("Colour; auto is on a terminal without NO_COLOR.", valueName: "auto|always|never"))
    var color = ColorChoice.auto

    func run() async throws {
        let format = json ? .json : format ?? .text
        if let scheme {
            let status = try await daemon.ask { client throws(ControlFailure) in try await client.scheme(scheme) }
            try end(with: [status], status.status, format, document: status)
        } else {
            let all = try await daemon.ask { client throws(ControlFailure) in try await client.status() }
            if format == .text, let problem = all.journalProblem {
                StandardStream.error.write("dnsconverge: \(problem)\n")
            }
            try end(with: all.schemes, all.status, format, document: all)
        }
    }

    private func end(
        with schemes: [SchemeStatus], _ status: Status, _ format: OutputFormat, document: some Encodable
    ) throws -> Never {
        let text =
            switch format {
            case .text: self.text(schemes)
            case .json:
                String(
                    decoding: try ControlJSON.encode(document, pretty: Terminal.current.isTerminal), as: UTF8.self)
            case .nagios: SchemeStatusLine(schemes, status).nagios
            case .okerr: SchemeStatusLine(schemes, status).okerr
            }
        PluginMode.claimOutput()
        StandardStream.output.write(text + "\n")
        throw ExitCode(status.exitCode)
    }

    private func text(_ schemes: [SchemeStatus]) -> String {
        let style = Terminal.current.style(color: color, verbosity: 0)
        guard !schemes.isEmpty else { return "the daemon has no schemes; add one to its configuration" }
        return schemes.map { SchemeStatusText($0, style: style).lines.joined(separator: "\n") }
            .joined(separator: "\n\n")
    }
}
