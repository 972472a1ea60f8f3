import ArgumentParser
import DNSModel
import FoundationEssentials

/// The same as a check, live, until the record has converged or the time is over.
package struct Watch: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follow a record until it has converged everywhere: progress, and when it will be done.",
        discussion: """
            On a terminal the report is redrawn in place; in a pipe every change is a line. Ctrl-C prints the last state \
            and ends with its code. The deadline is the larger of ten minutes and twice the largest TTL seen.
            """)

    @OptionGroup var subject: SubjectOptions
    @OptionGroup(title: "Servers") var servers: ServerOptions
    @OptionGroup(title: "Limits") var judging: JudgingOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    package init() {}

    package func run() async throws {
        // Before anything is drawn: what a signal ends has to be cleared away.
        let signals = Signals.stream()
        let order = try await CheckOrder(subject, servers, judging).about(scheme: subject.scheme)
        let printer = ResultPrinter(output, order.settings)
        let push = output.pushOkerr ? try OkerrPush(trust: order.trust()) : nil
        let (updates, feed) = AsyncStream.makeStream(of: [PropagationReport].self, bufferingPolicy: .bufferingNewest(1))
        let sending = Task { await push?.send(updates) }
        let reports = try await WatchSession(order: order, output: output, printer: printer)
            .follow(signals) { feed.yield($0) }
        feed.finish()
        // Whoever has ended the watch should not wait long for okerr.
        if let failure = await sending.value(within: .seconds(10)) { printer.warn("\(failure)") }
        guard !reports.isEmpty else { throw CommandFailure("ended before anything was known") }
        throw printer.exitCode(of: reports)
    }
}
