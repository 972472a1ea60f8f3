import ArgumentParser
import CLI
import DNSModel
import Failover

/// Sends the selected value again.
struct PushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: DaemonCommand.push.rawValue, abstract: DaemonCommand.push.abstract)

    @Argument(help: "The scheme.")
    var scheme: String

    @OptionGroup var rehearsal: DryRunOptions
    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        try await daemon.give(OrderRequest(.push, who: Person.current), to: scheme, rehearsal)
    }
}

/// One scheme, or all of them.
struct SchemeChoice: ParsableArguments {
    @Argument(help: "The scheme.")
    var scheme: String?

    @Flag(help: "All schemes.")
    var all = false

    func validate() throws {
        guard (scheme == nil) == all else { throw ValidationError("give one scheme, or --all") }
    }
}

struct FreezeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: DaemonCommand.freeze.rawValue, abstract: DaemonCommand.freeze.abstract)

    @OptionGroup var choice: SchemeChoice
    @OptionGroup var order: OrderOptions
    @OptionGroup var rehearsal: DryRunOptions
    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        let request = OrderRequest(.freeze, who: Person.current, why: order.why, until: order.until)
        try await daemon.give(request, to: choice.scheme, rehearsal)
    }
}

struct UnfreezeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: DaemonCommand.unfreeze.rawValue, abstract: DaemonCommand.unfreeze.abstract)

    @OptionGroup var choice: SchemeChoice
    @OptionGroup var rehearsal: DryRunOptions
    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        try await daemon.give(OrderRequest(.unfreeze, who: Person.current), to: choice.scheme, rehearsal)
    }
}

extension DaemonOptions {
    /// Gives an order to a scheme, or to all of them; or only says what would follow.
    func give(_ request: OrderRequest, to scheme: String?, _ rehearsal: DryRunOptions) async throws {
        if rehearsal.dryRun {
            let page = try await ask { client throws(ControlFailure) in
                try await client.forecast(request, to: scheme)
            }
            try ForecastOutput(isJSON: rehearsal.json).end(with: page)
        }
        try await ask { client throws(ControlFailure) in try await client.order(request, to: scheme) }
    }
}
