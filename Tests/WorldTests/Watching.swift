import DNSModel
import FoundationEssentials
import TestSupport

/// A `watch` under way.
final class Watching: Sendable {
    private let process: ChildProcess

    init(_ arguments: [String], in world: MiniatureInternet, on node: String = "client") throws {
        let words = try world.words("watch", arguments, on: node)
        process = try ChildProcess(Command.path(of: words[0]), Array(words.dropFirst()))
    }

    /// The next line of its output (and of its complaints); nil when it is over.
    func line() async -> String? {
        await blocking { [process] in process.readLine() }
    }

    /// The next report, in the format json.
    func report() async throws -> PropagationReport? {
        guard let line = await line() else { return nil }
        do {
            return try PropagationReport.decoder().decode(PropagationReport.self, from: Data(line.utf8))
        } catch {
            throw WorldFailure("no report: \(line)")
        }
    }

    /// The first report in which every server has answered, resolvers too.
    func firstWholeReport() async throws -> PropagationReport? {
        while let report = try await report() {
            if report.pending == 0, !report.resolvers.allSatisfy(\.samples.isEmpty) { return report }
        }
        return nil
    }

    func signal(_ number: Int32) { process.signal(number) }

    /// Reads it to its end: the last lines, and its exit code.
    func end() async -> (lines: [String], exitCode: Int32) {
        await blocking { [process] in
            var lines: [String] = []
            while let line = process.readLine() { lines.append(line) }
            return (lines, process.exitCode())
        }
    }
}
