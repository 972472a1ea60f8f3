import ArgumentParser

/// The list of public resolvers.
struct Resolvers: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolvers",
        abstract: "Show the list of public resolvers, or test whether each does what it claims.",
        subcommands: [ResolversList.self, ResolversTest.self])
}
