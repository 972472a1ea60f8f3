import ArgumentParser
import CLI
import DNSModel
import Failover

/// How forecasts are printed.
struct ForecastOutput {
    let isJSON: Bool

    /// Prints them, and ends with the worst state's code.
    func end(with page: ForecastPage) throws -> Never {
        StandardStream.output.write(try text(page) + "\n")
        throw ExitCode(page.status.exitCode)
    }

    private func text(_ page: ForecastPage) throws -> String {
        if isJSON {
            return String(
                decoding: try ControlJSON.encode(page, pretty: Terminal.current.isTerminal), as: UTF8.self)
        }
        let style = Terminal.current.style(color: .auto, verbosity: 0)
        let parts = page.forecasts.map { ForecastText($0, style: style).lines.joined(separator: "\n") }
        return (["dry run: nothing is changed"] + (parts.isEmpty ? ["there are no schemes"] : parts))
            .joined(separator: "\n\n")
    }
}

/// For commands that change something: to be told what would follow.
struct DryRunOptions: ParsableArguments {
    @Flag(help: "Only say what would follow, and why; nothing is ordered.")
    var dryRun = false

    @Flag(help: "With --dry-run: as JSON.")
    var json = false

    func validate() throws {
        guard dryRun || !json else { throw ValidationError("--json goes with --dry-run: an order has no result") }
    }
}
