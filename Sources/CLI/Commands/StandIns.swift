import ArgumentParser

/// Stands in the list of commands for one that only the daemon's program can run.
protocol StandIn: ParsableCommand {
    static var command: DaemonCommand { get }
}

extension StandIn {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: command.rawValue, abstract: command.abstract)
    }
}

/// One for each `DaemonCommand`.
enum StandIns {
    static let all: [any ParsableCommand.Type] = [
        Run.self, Status.self, History.self, Scheme.self, Server.self, Push.self, Freeze.self, Unfreeze.self,
        Update.self, Validate.self,
    ]

    struct Run: StandIn { static let command = DaemonCommand.run }
    struct Status: StandIn { static let command = DaemonCommand.status }
    struct History: StandIn { static let command = DaemonCommand.history }
    struct Scheme: StandIn { static let command = DaemonCommand.scheme }
    struct Server: StandIn { static let command = DaemonCommand.server }
    struct Push: StandIn { static let command = DaemonCommand.push }
    struct Freeze: StandIn { static let command = DaemonCommand.freeze }
    struct Unfreeze: StandIn { static let command = DaemonCommand.unfreeze }
    struct Update: StandIn { static let command = DaemonCommand.update }
    struct Validate: StandIn { static let command = DaemonCommand.validate }
}
