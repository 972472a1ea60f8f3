import ArgumentParser
import CLI
import DNSModel
import Failover
import Providers

/// Everything that is wrong with a configuration.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: DaemonCommand.validate.rawValue, abstract: DaemonCommand.validate.abstract,
        discussion: "One line for each problem: file, line, column, field, and what to do. Ends with 0 or 3.")

    @Argument(help: "The file.", completion: .file(extensions: ["yaml", "yml"]))
    var file = Configuration.usualPath

    func run() throws {
        do throws(ConfigurationErrors) {
            let configuration = try Configuration.load(path: file, providerKinds: Providers.kinds)
            for warning in configuration.warnings {
                StandardStream.error.write("warning: \(warning.line(in: file))\n")
            }
            let count = configuration.schemes.count
            StandardStream.output.write("\(file): well, with \(count) scheme\(count == 1 ? "" : "s")\n")
        } catch {
            StandardStream.output.write(error.problems.map { $0.line(in: error.subject) + "\n" }.joined())
            throw ExitCode(Status.unknown.exitCode)
        }
    }
}
