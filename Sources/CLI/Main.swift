import ArgumentParser
import Glibc

@main
enum Main {
    static func main() async {
        // A reader that goes away is an error of write(2), not a signal: the exit code stays ours.
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        let program = CommandLine.arguments.first.map(lastPathComponent) ?? ""
        if program == PluginCheck.programName {
            PluginMode.start()
            await Invocation(PluginCheck.self, format: .nagios).run(arguments)
        } else {
            let format = OutputFormat.requested(in: arguments)
            if format == .nagios { PluginMode.installCrashLine() }
            await Invocation(Dnsconverge.self, format: format).run(arguments)
        }
    }

    private static func lastPathComponent(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
