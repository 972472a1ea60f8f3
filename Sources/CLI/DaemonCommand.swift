/// The commands that the daemon's program has, because they need what would slow down the start of a check.
package enum DaemonCommand: String, CaseIterable, Sendable {
    case run, status, history, scheme, server, push, freeze, unfreeze, update, validate

    package var abstract: String {
        switch self {
        case .run: "Keep the records of all schemes right: check servers, change records, follow each change."
        case .status: "Show what the daemon knows of its schemes, or of one."
        case .history: "Show what happened: health, decisions, changes, orders, alerts."
        case .scheme: "List, add, remove or export failover schemes."
        case .server: "Put a server into maintenance, pin the record to one, or pretend a health."
        case .push: "Send a scheme's selected value to its provider now."
        case .freeze: "Keep a scheme's record, or all records, as they are."
        case .unfreeze: "Let records change again."
        case .update: "Change a record at its provider, verify it and follow it; needs no daemon."
        case .validate: "Tell everything that is wrong with a configuration file."
        }
    }

    /// Whether a command line is for the daemon's program: one of its commands, the help of one, a check of a scheme, or
    /// the completion of all commands.
    package static func isMeant(by arguments: [String]) -> Bool {
        guard let first = arguments.first else { return false }
        switch first {
        case "--generate-completion-script", "--experimental-dump-help": return true
        case "help": return isMeant(by: Array(arguments.dropFirst()))
        case "check", "watch":
            return arguments.prefix { $0 != "--" }.contains { $0 == "--scheme" || $0.hasPrefix("--scheme=") }
        default: return DaemonCommand(rawValue: first) != nil
        }
    }
}
