import ArgumentParser

/// The list of public resolvers.
package struct Resolvers: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "resolvers",
        abstract: "Show the list of public resolvers, or test whether each does what it claims.",
        subcommands: [ResolversList.self, ResolversTest.self])

    package init() {}
}
