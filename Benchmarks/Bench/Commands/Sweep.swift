import ArgumentParser
import DNSModel
import Synchronization
import Wire

/// Asks many servers about many names, a few names at a time.
struct Sweep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Asks every responder about every name, and times it against what the delay alone would take.")

    @OptionGroup var responders: ResponderOptions

    @Option(help: "How many names.")
    var names = 10_000

    @Option(help: "How many names are under way at once.")
    var width = 50

    func run() async throws {
        let engine = try QueryEngine()
        defer { engine.close() }
        let tally = Tally()
        let progress = SweepProgress(names: names)
        let clock = ContinuousClock()
        let (startTime, startUse) = (clock.now, ProcessUsage.processorTime)
        await withTaskGroup { group in
            for _ in 0..<width { group.addTask { await ask(engine, progress, tally) } }
        }
        let (elapsed, used) = ((clock.now - startTime).inSeconds, ProcessUsage.processorTime - startUse)
        let ideal = Double((names + width - 1) / width) * responders.longestDelay.inSeconds
        let count = Double(max(1, tally.total))
        Figure.print(
            tally.figures + [
                Figure("seconds", elapsed), Figure("ideal", ideal), Figure("ratio", elapsed / ideal),
                Figure("qps", count / elapsed), Figure("cpu_us", used * 1e6 / count),
            ] + progress.memoryFigures)
        try tally.check(expected: names * responders.addresses)
    }

    private func ask(_ engine: QueryEngine, _ progress: SweepProgress, _ tally: Tally) async {
        let endpoints = responders.endpoints
        while let number = progress.next() {
            let name = BenchName(number: number)
            let queries = endpoints.map { Query(name.question, to: $0) }
            await engine.ask(queries, retry: .benchmark) { tally.add($0, to: name) }
        }
    }
}

/// Hands out the numbers of the names, and looks at memory on the way.
private final class SweepProgress: Sendable {
    private struct State {
        var next = 0
        /// Resident memory at each hundredth of the way.
        var memory: [Int] = []
    }

    private let names: Int
    private let state = Mutex(State())

    init(names: Int) {
        self.names = names
    }

    func next() -> UInt32? {
        state.withLock { state in
            guard state.next < names else { return nil }
            defer { state.next += 1 }
            if state.next % max(1, names / 100) == 0 { state.memory.append(ProcessUsage.residentMemory) }
            return UInt32(state.next)
        }
    }

    /// After a tenth of the way, at its end, and the most.
    var memoryFigures: [Figure] {
        let memory = state.withLock { $0.memory }.map { Double($0) / 1e6 }
        guard let last = memory.last, let most = memory.max() else { return [] }
        return [
            Figure("rss_early_mb", memory[memory.count / 10]), Figure("rss_late_mb", last), Figure("rss_mb", most),
        ]
    }
}
