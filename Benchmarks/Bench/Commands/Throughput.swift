import ArgumentParser
import DNSModel
import Synchronization
import Wire

/// Asks one server for every name of a list, as fast as it answers.
struct Throughput: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Asks one server for every name of a list, and compares each answer.")

    @OptionGroup var server: ServerOption

    @Option(help: "File with a name on each line.")
    var names: String

    @Option(help: "How many batches are under way at once.")
    var lanes = 4

    @Option(help: "How many queries a batch has.")
    var batch = 500

    @Option(help: "How many queries the server may have outstanding.")
    var inFlight: Int?

    func run() async throws {
        let engine = try QueryEngine(configuration: try configuration)
        defer { engine.close() }
        let list = SharedNameList(try NameList(path: names))
        let tally = Tally()
        let clock = ContinuousClock()
        let (startTime, startUse) = (clock.now, ProcessUsage.processorTime)
        let largest = try await withThrowingTaskGroup { group in
            for _ in 0..<lanes { group.addTask { try await ask(engine, list, tally) } }
            return try await group.reduce(0, max)
        }
        let (elapsed, used) = ((clock.now - startTime).inSeconds, ProcessUsage.processorTime - startUse)
        let count = Double(max(1, tally.total))
        Figure.print(
            tally.figures + [
                Figure("seconds", elapsed), Figure("qps", count / elapsed), Figure("cpu_us", used * 1e6 / count),
                Figure("rss_mb", Double(largest) / 1e6), Figure("reused", engine.counters.reused),
            ])
        try tally.check(expected: tally.total)
    }

    private var configuration: QueryEngine.Configuration {
        get throws {
            var configuration = QueryEngine.Configuration()
            if let inFlight { configuration.maximumInFlightPerServer = inFlight }
            configuration.secureExchange = try server.secureExchange
            return configuration
        }
    }

    /// Takes batches from the list until it is empty; gives the most memory that it saw in use.
    private func ask(_ engine: QueryEngine, _ list: SharedNameList, _ tally: Tally) async throws -> Int {
        let (endpoint, options) = (server.endpoint, server.queryOptions)
        var largest = 0
        while true {
            let names = try list.next(batch)
            guard !names.isEmpty else { return largest }
            let queries = names.map { Query($0.question, to: endpoint, options: options) }
            await engine.ask(queries, retry: .benchmark) { tally.add($0, to: names[$0.index]) }
            largest = max(largest, ProcessUsage.residentMemory)
        }
    }
}

/// A list that several lanes take from.
private final class SharedNameList: Sendable {
    private let list: Mutex<NameList>

    init(_ list: consuming sending NameList) {
        self.list = Mutex(list)
    }

    func next(_ count: Int) throws -> [BenchName] {
        try list.withLock { list in try list.next(count) }
    }
}
