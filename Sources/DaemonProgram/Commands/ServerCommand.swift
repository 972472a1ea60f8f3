import ArgumentParser
import CLI
import DNSModel
import Failover

/// Orders about one server of a scheme.
struct ServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: DaemonCommand.server.rawValue, abstract: DaemonCommand.server.abstract,
        subcommands: [Listing.self, Maintenance.self, Pin.self, Unpin.self, Pretend.self])

    struct Listing: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Show a scheme's servers.")

        @Argument(help: "The scheme.")
        var scheme: String

        @OptionGroup var daemon: DaemonOptions

        func run() async throws {
            let status = try await daemon.ask { client throws(ControlFailure) in try await client.scheme(scheme) }
            for server in status.servers {
                let health = server.maintenance == nil ? server.health.rawValue : "maintenance"
                let words = [server.name, "\(server.priority)", server.addresses.joined(separator: ","), health]
                StandardStream.output.write(
                    PrintableText(words.joined(separator: "  ") + "  " + server.reason).text + "\n")
            }
        }
    }

    struct Maintenance: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "maintenance", abstract: "Begin a server's maintenance, or end it.",
            discussion: "The record leaves a server that is in maintenance once another one is healthy.")

        @Argument(help: "The scheme.")
        var scheme: String

        @Argument(help: "The server.")
        var server: String

        @Flag(help: "End it.")
        var end = false

        @OptionGroup var order: OrderOptions
        @OptionGroup var rehearsal: DryRunOptions
        @OptionGroup var daemon: DaemonOptions

        func run() async throws {
            let request = OrderRequest(
                end ? .endMaintenance : .maintain, server: server, who: Person.current, why: order.why,
                until: order.until)
            try await daemon.give(request, to: scheme, rehearsal)
        }
    }

    struct Pin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pin", abstract: "Lead the record to one server, whatever its health.")

        @Argument(help: "The scheme.")
        var scheme: String

        @Argument(help: "The server.")
        var server: String

        @OptionGroup var order: OrderOptions
        @OptionGroup var rehearsal: DryRunOptions
        @OptionGroup var daemon: DaemonOptions

        func run() async throws {
            let request = OrderRequest(
                .pin, server: server, who: Person.current, why: order.why, until: order.until)
            try await daemon.give(request, to: scheme, rehearsal)
        }
    }

    struct Unpin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "unpin", abstract: "Let health decide again.")

        @Argument(help: "The scheme.")
        var scheme: String

        @OptionGroup var rehearsal: DryRunOptions
        @OptionGroup var daemon: DaemonOptions

        func run() async throws {
            try await daemon.give(OrderRequest(.unpin, who: Person.current), to: scheme, rehearsal)
        }
    }

    struct Pretend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pretend", abstract: "Take a server to be healthy or not, for practice.")

        @Argument(help: "The scheme.")
        var scheme: String

        @Argument(help: "The server.")
        var server: String

        @Argument(help: "ok, warn, fail or unknown; or \"real\", which ends it.")
        var health: String

        @OptionGroup var order: OrderOptions
        @OptionGroup var rehearsal: DryRunOptions
        @OptionGroup var daemon: DaemonOptions

        func validate() throws {
            guard health == "real" || Health(rawValue: health) != nil else {
                throw ValidationError("“\(health)” is no health: give ok, warn, fail, unknown or real")
            }
        }

        func run() async throws {
            let request = OrderRequest(
                health == "real" ? .endPretence : .pretend, server: server, health: Health(rawValue: health),
                who: Person.current, why: order.why, until: order.until)
            try await daemon.give(request, to: scheme, rehearsal)
        }
    }
}
