import ArgumentParser
import DNSModel
import Wire

/// Asks many slow servers one question, again and again, as a check does.
struct ManyServersCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Asks all responders one question at once, and times it against the slowest.")

    @OptionGroup var responders: ResponderOptions

    @Option(help: "How many checks are made.")
    var checks = 300

    func run() async throws {
        let engine = try QueryEngine()
        defer { engine.close() }
        let tally = Tally()
        // The first checks open the sockets and touch the memory.
        for number in 0..<5 { _ = await check(engine, BenchName(number: UInt32(number)), Tally()) }
        let use = ProcessUsage.processorTime
        var overheads: [Double] = []
        for number in 0..<checks {
            let elapsed = await check(engine, BenchName(number: UInt32(number)), tally)
            overheads.append((elapsed - responders.longestDelay).inSeconds * 1000)
        }
        let used = (ProcessUsage.processorTime - use) * 1000 / Double(max(1, checks))
        overheads.sort()
        Figure.print(
            tally.figures + [
                Figure("checks", checks), Figure("over_p50_ms", overheads.percentile(50)),
                Figure("over_p99_ms", overheads.percentile(99)), Figure("over_max_ms", overheads.percentile(100)),
                Figure("cpu_ms", used),
            ])
        try tally.check(expected: checks * responders.addresses)
    }

    private func check(_ engine: QueryEngine, _ name: BenchName, _ tally: Tally) async -> Duration {
        let queries = responders.endpoints.map { Query(name.question, to: $0) }
        return await ContinuousClock().measure {
            await engine.ask(queries, retry: .benchmark) { tally.add($0, to: name) }
        }
    }
}

extension [Double] {
    /// The smallest value that `percent` of the sorted values do not exceed.
    fileprivate func percentile(_ percent: Int) -> Double {
        isEmpty ? .nan : self[Swift.max(0, (count * percent + 99) / 100 - 1)]
    }
}
