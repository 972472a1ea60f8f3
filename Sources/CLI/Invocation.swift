import ArgumentParser
import DNSModel
import Glibc

/// One run of the program: its command line parsed, its command run, and its end brought into the form that was asked for.
struct Invocation<Root: ParsableCommand> {
    private let format: OutputFormat
    private let isPlugin: Bool

    init(_ root: Root.Type, format: OutputFormat) {
        self.format = format
        isPlugin = root == PluginCheck.self
    }

    func run(_ arguments: [String]) async -> Never {
        if let problem = CommandTree(root: Root.self).problem(in: arguments) {
            fail("\(problem); see 'dnsconverge --help'")
        }
        do {
            var command = try Root.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            exit(0)
        } catch {
            finish(error)
        }
    }

    /// Goes on as the daemon's program.
    func becomeDaemonProgram() -> Never {
        do {
            try DaemonExecutable.execute(Array(CommandLine.arguments.dropFirst()))
        } catch {
            finish(error)
        }
    }

    private func finish(_ error: any Error) -> Never {
        if let code = error as? ExitCode { exit(code.rawValue) }
        if let failure = error as? CommandFailure { fail(failure.message) }
        guard Root.exitCode(for: error) != .success else {
            StandardStream.output.write(Root.fullMessage(for: error) + "\n")
            // A monitoring system that runs --help must not take it for a service that is well.
            exit(isPlugin ? Status.unknown.exitCode : Status.ok.exitCode)
        }
        fail(UsageMessage(Root.message(for: error), help: help(for: error)).text)
    }

    /// Ends with one line, where the format wants it, and the code of UNKNOWN.
    private func fail(_ message: String) -> Never {
        let message = PrintableText(message).text
        if let line = format.failureLine(message) {
            PluginMode.claimOutput()
            StandardStream.output.write(line + "\n")
        } else {
            StandardStream.error.write("dnsconverge: \(message)\n")
        }
        exit(Status.unknown.exitCode)
    }

    /// How to ask for the help of the command that was meant.
    private func help(for error: any Error) -> String {
        if isPlugin { return "\(PluginCheck.programName) --help" }
        let usage = Root.fullMessage(for: error).split(separator: "\n").first { $0.hasPrefix("Usage: ") }
        let words = (usage ?? "").dropFirst("Usage: ".count).split(separator: " ").prefix {
            $0.first?.isLetter ?? false
        }
        return (words.isEmpty ? "dnsconverge" : words.joined(separator: " ")) + " --help"
    }
}

/// Why a command could not do its work, in one line that names the thing, what happened and what to do. Ends with 3.
package struct CommandFailure: Error, CustomStringConvertible {
    package let message: String

    package init(_ message: String) {
        self.message = message
    }

    package var description: String { message }
}
