import ArgumentParser
import CLI
import DNSModel
import Failover
import FoundationEssentials

/// What happened, the latest last.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: DaemonCommand.history.rawValue, abstract: DaemonCommand.history.abstract)

    @Argument(help: "The scheme; all of them when left out.")
    var scheme: String?

    @OptionGroup var daemon: DaemonOptions

    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many events (50).", valueName: "n"))
    var limit = 50

    @Flag(help: "Also what each server answered while changes were followed.")
    var all = false

    @Flag(help: "As JSON.")
    var json = false

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("-n has to be a number from 1 to 10000") }
    }

    func run() async throws {
        let kinds = all ? [] : HistoryEntry.Kind.allCases.filter { $0 != .observation }
        let page = try await daemon.ask { client throws(ControlFailure) in
            try await client.history(scheme: scheme, kinds: kinds, limit: limit)
        }
        if json {
            let text = try ControlJSON.encode(page, pretty: Terminal.current.isTerminal)
            return StandardStream.output.write(String(decoding: text, as: UTF8.self) + "\n")
        }
        let style = Terminal.current.style(color: .auto, verbosity: 0)
        let lines = page.entries.reversed().flatMap { entry in
            let scheme = scheme == nil ? entry.scheme.map { "\($0): " } ?? "" : ""
            let change = entry.change.map { "change \($0): " } ?? ""
            let who = entry.who.map { " (\($0))" } ?? ""
            let time = style.clock(entry.at, reference: .distantPast)
            return ["\(time)  \(scheme)\(change)\(entry.text)\(who)"] + entry.replies.map { "    \($0)" }
        }
        StandardStream.output.write(lines.map { PrintableText($0).text + "\n" }.joined())
    }
}
