import ArgumentParser
import CLI
import DNSModel
import Failover

/// What schemes there are.
struct SchemeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: DaemonCommand.scheme.rawValue, abstract: DaemonCommand.scheme.abstract,
        subcommands: [Listing.self, Add.self, Remove.self, Export.self])

    struct Listing: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Show the schemes.")

        @OptionGroup var daemon: DaemonOptions

        func run() async throws {
            let all = try await daemon.ask { client throws(ControlFailure) in try await client.status() }
            for scheme in all.schemes {
                let words = [scheme.name, scheme.record, scheme.status.rawValue, scheme.summary]
                StandardStream.output.write(PrintableText(words.joined(separator: "  ")).text + "\n")
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Add schemes, or replace added ones.",
            discussion: """
                The file has them as a configuration does below "schemes". Those of the daemon's own configuration are \
                changed there.
                """)

        @Argument(help: "The file, in YAML.", completion: .file(extensions: ["yaml", "yml"]))
        var file: String

        @OptionGroup var daemon: DaemonOptions

        func run() async throws {
            let document = String(decoding: try InputFile.contents(of: file), as: UTF8.self)
            let request = SchemeRequest(document: document, who: Person.current)
            try await daemon.ask { client throws(ControlFailure) in try await client.add(request) }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Remove an added scheme; its record stays as it is.")

        @Argument(help: "The scheme.")
        var scheme: String

        @OptionGroup var daemon: DaemonOptions

        func run() async throws {
            try await daemon.ask { client throws(ControlFailure) in
                try await client.remove(scheme, who: Person.current)
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "Print schemes as YAML; secrets stay references.")

        @Argument(help: "The scheme; all of them when left out.")
        var scheme: String?

        @OptionGroup var daemon: DaemonOptions

        func run() async throws {
            let text = try await daemon.ask { client throws(ControlFailure) in
                try await client.settings(of: scheme)
            }
            StandardStream.output.write(text)
        }
    }
}
