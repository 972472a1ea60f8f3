import ArgumentParser
import DNSModel
import Wire

/// Looks at a record and follows it, as `check` and `watch` do, for a command that has just changed it.
package struct RecordWatch {
    private let order: CheckOrder
    private let output: OutputOptions
    private let printer: ResultPrinter

    package init(
        _ subjects: [CheckSubject], _ servers: ServerOptions, _ judging: JudgingOptions, _ output: OutputOptions
    ) throws {
        order = try CheckOrder(subjects, servers, judging)
        self.output = output
        printer = ResultPrinter(output, order.settings)
    }

    private init(_ order: CheckOrder, _ output: OutputOptions) {
        self.order = order
        self.output = output
        printer = ResultPrinter(output, order.settings)
    }

    /// The same for other expectations, and without resolvers where only the zone's servers matter.
    package func following(_ subjects: [CheckSubject], withResolvers: Bool) -> RecordWatch {
        RecordWatch(order.replacing(subjects, withResolvers: withResolvers), output)
    }

    /// What the zone's servers say of each subject, without a resolver being asked.
    package func authority() async throws -> [GatheredEvidence] {
        try await order.replacing(order.settings.subjects, withResolvers: false).evidence()
    }

    /// Follows the record until it has converged or the deadline is over, and shows that as a watch does.
    package func follow() async throws -> [PropagationReport] {
        try await WatchSession(order: order, output: output, printer: printer).follow(Signals.stream()) { _ in }
    }

    /// Follows the record and shows nothing.
    package func followQuietly() async throws -> [PropagationReport] {
        var last: [PropagationReport] = []
        for try await reports in order.watch() { last = reports }
        return last
    }

    /// The clients of what is asked, for whoever has to ask something else.
    package func network() throws -> Network {
        let trust = try order.trust()
        return Network(
            engine: try .forCommand(trust: trust), http: HTTPClient(trust: trust), root: order.root,
            resolvers: order.list)
    }

    package func exitCode(of reports: [PropagationReport]) -> ExitCode { printer.exitCode(of: reports) }
}

extension CheckOrder {
    func replacing(_ subjects: [CheckSubject], withResolvers: Bool) -> CheckOrder {
        var order = self
        order.settings.subjects = subjects
        if !withResolvers { order.settings.resolvers = [] }
        return order
    }
}
