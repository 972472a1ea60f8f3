import ArgumentParser

/// The list of public resolvers.
struct Resolvers: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the list of public resolvers, or test whether each does what it claims.",
        subcommands: [ResolversList.self])

    @Argument(help: .hidden)
    var words: [String] = []

    func run() throws {
        let commands = "there are list and test"
        guard let word = words.first else { throw ValidationError("Missing a command: \(commands)") }
        throw ValidationError("There is no command 'resolvers \(word)': \(commands)")
    }
}
