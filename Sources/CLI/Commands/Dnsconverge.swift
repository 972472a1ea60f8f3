import ArgumentParser

/// The root command.
struct Dnsconverge: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "dnsconverge",
        abstract: "Tells whether a DNS record says the same, right thing everywhere, and when it will.",
        discussion: """
            Exit codes: 0 converged, 1 on its way, 2 broken, 3 could not be measured or was asked wrongly.
            """,
        version: "dnsconverge \(version)",
        subcommands: [Check.self, Watch.self, Resolvers.self])
}
