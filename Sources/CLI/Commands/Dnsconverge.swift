import ArgumentParser

/// The root command of the program that starts fast.
package struct Dnsconverge: ParsableCommand {
    package static let version = "0.1.0"

    package static let configuration = rootConfiguration(daemonCommands: StandIns.all)

    package init() {}

    /// The root command of either program; they differ in who stands for the daemon's commands.
    package static func rootConfiguration(daemonCommands: [any ParsableCommand.Type]) -> CommandConfiguration {
        CommandConfiguration(
            commandName: "dnsconverge",
            abstract: "Tells whether a DNS record says the same, right thing everywhere, and keeps it right.",
            discussion: """
                Exit codes: 0 converged, 1 on its way, 2 broken, 3 could not be measured or was asked wrongly.
                """,
            version: "dnsconverge \(version)",
            subcommands: [Check.self, Watch.self, Resolvers.self] + daemonCommands)
    }
}
