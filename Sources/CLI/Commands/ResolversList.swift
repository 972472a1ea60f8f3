import ArgumentParser
import DNSModel

/// Prints the list, or the tiers of it that are meant.
struct ResolversList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show the resolvers that can be asked.")

    @OptionGroup var choice: ResolverChoiceOptions

    @Flag(help: "As JSON, in the form that --resolvers reads.")
    var json = false

    @Option(help: ArgumentHelp("Colour; auto is on a terminal without NO_COLOR.", valueName: "auto|always|never"))
    var color = ColorChoice.auto

    func run() throws {
        let list = try choice.list()
        if json {
            StandardStream.output.write(list.json + "\n")
        } else {
            let style = Terminal.current.style(color: color, verbosity: 0)
            StandardStream.output.write(ResolverListText(list, style: style).lines.map { $0 + "\n" }.joined())
        }
    }
}
