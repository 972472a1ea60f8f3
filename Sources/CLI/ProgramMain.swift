import ArgumentParser
import Glibc

/// What the program that starts fast does with its command line: it runs the commands that it has, and executes the
/// daemon's program for the others.
package enum ProgramMain {
    package static func run() async -> Never {
        // A reader that goes away is an error of write(2), not a signal: the exit code stays ours.
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        if CommandLine.arguments.first.map(lastPathComponent) == PluginCheck.programName {
            PluginMode.start()
            await Invocation(PluginCheck.self, format: .nagios).run(arguments)
        }
        if DaemonCommand.isMeant(by: arguments) {
            Invocation(Dnsconverge.self, format: .requested(in: arguments)).becomeDaemonProgram()
        }
        await run(Dnsconverge.self, arguments)
    }

    /// Runs a command of `root`, and ends in the format that the command line asks for.
    package static func run(_ root: (some ParsableCommand).Type, _ arguments: [String]) async -> Never {
        signal(SIGPIPE, SIG_IGN)
        let format = OutputFormat.requested(in: arguments)
        if format == .nagios { PluginMode.installCrashLine() }
        await Invocation(root, format: format).run(arguments)
    }

    private static func lastPathComponent(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
