import ArgumentParser
import DNSModel

/// In what form the result is printed, and who else gets it.
package struct OutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("text, json, nagios or okerr.", valueName: "format"))
    var format: OutputFormat?

    @Flag(help: "The same as --format json.")
    var json = false

    @Flag(name: [.short, .long], help: "Every row, and more about each.")
    var verbose: Int

    @Option(
        help: ArgumentHelp("Colour in text; auto is on a terminal without NO_COLOR.", valueName: "auto|always|never"))
    var color = ColorChoice.auto

    @Flag(help: "Send the result to okerr, as its client is configured.")
    var pushOkerr = false

    @Flag(help: "End with 0 on WARNING too, for okerr modules that know only 0 and not 0.")
    var okerrExit = false

    package init() {}

    package func validate() throws {
        if json, let format, format != .json {
            throw ValidationError("--json and --format \(format.rawValue) exclude each other")
        }
    }

    package var chosenFormat: OutputFormat { json ? .json : format ?? .text }

    /// The code that the process ends with.
    func exitCode(of status: Status) -> Int32 {
        okerrExit && status == .warning ? Status.ok.exitCode : status.exitCode
    }
}

package enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}
