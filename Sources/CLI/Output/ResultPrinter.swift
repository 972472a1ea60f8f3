import ArgumentParser
import DNSModel
import FoundationEssentials

/// Prints what a check found, in the form that was asked for.
struct ResultPrinter {
    let output: OutputOptions
    let settings: CheckSettings
    let terminal: Terminal

    init(_ output: OutputOptions, _ settings: CheckSettings, terminal: Terminal = .current) {
        self.output = output
        self.settings = settings
        self.terminal = terminal
    }

    /// Writes the whole result. From then on neither watchdog nor crash writes anything.
    func print(_ reports: [PropagationReport]) throws {
        let text = try text(reports)
        PluginMode.claimOutput()
        StandardStream.output.write(text + "\n")
    }

    /// Says what went wrong beside the result. A plugin's stderr stays empty: it is one more line of details there.
    func warn(_ problem: String) {
        let problem = PrintableText(problem, asciiOnly: output.chosenFormat == .nagios).text
        let stream = output.chosenFormat == .nagios ? StandardStream.output : .error
        stream.write("dnsconverge: \(problem)\n")
    }

    private func text(_ reports: [PropagationReport]) throws -> String {
        switch output.chosenFormat {
        case .text:
            let style = terminal.style(color: output.color, verbosity: output.verbose)
            return reports.map { ReportText($0, style: style).lines.joined(separator: "\n") }.joined(separator: "\n\n")
        case .json:
            return try Self.json(reports, pretty: terminal.isTerminal)
        case .nagios:
            return NagiosOutput(
                reports, options: settings.judging, deadline: settings.deadline, verbosity: output.verbose
            ).text
        case .okerr:
            return OkerrOutput.document(reports)
        }
    }

    /// One report as it is, several as one document.
    static func json(_ reports: [PropagationReport], pretty: Bool) throws -> String {
        let encoder = PropagationReport.encoder(pretty: pretty)
        let data =
            if reports.count == 1, let report = reports.first { try encoder.encode(report) } else {
                try encoder.encode(PropagationReports(reports))
            }
        return String(decoding: data, as: UTF8.self)
    }

    /// Ends with the worst report's code.
    func exitCode(of reports: [PropagationReport]) -> ExitCode {
        ExitCode(output.exitCode(of: reports.map(\.status).max() ?? .unknown))
    }
}
