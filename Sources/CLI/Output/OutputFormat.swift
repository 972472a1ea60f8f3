import ArgumentParser
import DNSModel

/// In what form a result is printed.
package enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, nagios, okerr

    /// The format that a command line asks for, told before it is parsed: a mistake in it is reported in that form too.
    static func requested(in arguments: [String]) -> OutputFormat {
        var format = OutputFormat.text
        for (index, argument) in arguments.enumerated() {
            if argument == "--json" { format = .json }
            let value = argument == "--format" ? arguments.dropFirst(index + 1).first : argument.value(of: "--format")
            format = value.flatMap(OutputFormat.init(rawValue:)) ?? format
        }
        return format
    }

    /// The line on standard output that stands for a result that could not be had; nil where standard error takes it.
    func failureLine(_ message: String) -> String? {
        switch self {
        case .text, .json: nil
        case .nagios: NagiosOutput.failureLine(message)
        case .okerr: OkerrOutput.failureLine(message)
        }
    }
}

extension String {
    /// What follows `option=`.
    fileprivate func value(of option: String) -> String? {
        hasPrefix(option + "=") ? String(dropFirst(option.count + 1)) : nil
    }
}
