import ArgumentParser

/// The commands below a root, by the words that lead to them.
struct CommandTree {
    let root: any ParsableCommand.Type

    /// What is wrong with the words that should name a command; nil when they do, or when an option or `help` comes first.
    func problem(in arguments: [String]) -> String? {
        var command = root
        var path: [String] = []
        for word in arguments where !command.configuration.subcommands.isEmpty {
            if word.hasPrefix("-") || word == "help" { return nil }
            guard let next = command.configuration.subcommands.first(where: { $0.configuration.commandName == word })
            else {
                return "there is no command '\((path + [word]).joined(separator: " "))': \(Self.choice(command))"
            }
            path.append(word)
            command = next
        }
        return command.configuration.subcommands.isEmpty ? nil : "a command is missing: \(Self.choice(command))"
    }

    private static func choice(_ command: any ParsableCommand.Type) -> String {
        let names = command.configuration.subcommands.compactMap { $0.configuration.commandName }
        let last = names.suffix(1).joined()
        return "there \(names.count == 1 ? "is" : "are") "
            + (names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " + last : last)
    }
}
