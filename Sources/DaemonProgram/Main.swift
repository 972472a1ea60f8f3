import ArgumentParser
import CLI

@main
enum Main {
    static func main() async {
        SchemeLookup.use(SchemeSubjects.lookUp)
        await ProgramMain.run(FullCommand.self, Array(CommandLine.arguments.dropFirst()))
    }
}

/// The root command with everything below it.
struct FullCommand: ParsableCommand {
    static let configuration = Dnsconverge.rootConfiguration(daemonCommands: daemonCommands)

    /// One for each `DaemonCommand`.
    static let daemonCommands: [any ParsableCommand.Type] = [
        RunCommand.self, ValidateCommand.self, StatusCommand.self, HistoryCommand.self, SchemeCommand.self,
        ServerCommand.self,
        PushCommand.self, FreezeCommand.self,
        UnfreezeCommand.self, UpdateCommand.self,
    ]
}
