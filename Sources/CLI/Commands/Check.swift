import ArgumentParser
import DNSModel

/// One report: the zone's own servers, then resolvers.
package struct Check: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a record once: every address of every authoritative server, then public resolvers.",
        discussion: """
            Resolvers are asked once every authoritative server that answers has the expected record: a cache that is \
            asked earlier would keep the old one for a whole TTL. Asking fills caches too, so a resolver that has never \
            been asked answers with the new record because it was asked.
            """)

    @OptionGroup var subject: SubjectOptions
    @OptionGroup(title: "Servers") var servers: ServerOptions
    @OptionGroup(title: "Limits") var judging: JudgingOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    package init() {}

    package func run() async throws {
        var judging = judging
        if output.chosenFormat == .nagios {
            let deadline = judging.deadline ?? PluginMode.defaultDeadline
            PluginMode.armWatchdog(after: deadline + .seconds(1), status: .critical)
            judging.deadline = deadline
        }
        let order = try await CheckOrder(subject, servers, judging).about(scheme: subject.scheme)
        let push = output.pushOkerr ? try OkerrPush(trust: order.trust()) : nil
        let reports = try await order.check()
        let printer = ResultPrinter(output, order.settings)
        try printer.print(reports)
        if let push {
            let sending = Task { await push.send(reports) }
            // A scheduler's patience is nearly over by now.
            let limit = output.chosenFormat == .nagios ? Duration.seconds(5) : .seconds(60)
            if let failure = await sending.value(within: limit) { printer.warn("\(failure)") }
        }
        throw printer.exitCode(of: reports)
    }
}
