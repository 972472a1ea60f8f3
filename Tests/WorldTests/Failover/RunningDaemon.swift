import DNSModel
import Failover
import FoundationEssentials
import TestSupport

/// A `dnsconverge run` on the world's client, with a configuration and a store of its own; it is killed when this goes.
final class RunningDaemon: Sendable {
    let world: MiniatureInternet
    private let directory: TemporaryDirectory
    private let process: ChildProcess
    private let node: String

    static let program = Repository.program + "-daemon"

    /// Starts it. `schemes` is what stands below `schemes:` in the configuration, indented by two.
    init(_ schemes: String, in world: MiniatureInternet, environment: [String: String] = [:]) throws {
        self.world = world
        node = "client"
        directory = try TemporaryDirectory()
        let configuration = """
            store: \(directory.path)/journal.sqlite
            socket: \(directory.path)/control.sock
            resolvers: {root_hints: \(world.rootHints)}
            schemes:
            \(schemes)
            """
        try Data(configuration.utf8).write(to: URL(filePath: directory.path + "/dnsconverge.yaml"))
        let words = try world.node(node).exec + [Self.program, "run", "--config", directory.path + "/dnsconverge.yaml"]
        let inherited = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"]
        process = try ChildProcess(
            Command.path(of: words[0]), Array(words.dropFirst()),
            environment: inherited.merging(environment) { _, new in new })
    }

    /// Reads its log up to a line with all of `words` in it, and gives that; an error when it ends before.
    @discardableResult
    func line(with words: String...) async throws -> String {
        var seen: [String] = []
        while let line = await blocking({ [process] in process.readLine() }) {
            seen.append(line)
            if words.allSatisfy(line.contains) { return line }
        }
        throw WorldFailure("the daemon ended without “\(words)”:\n" + seen.joined(separator: "\n"))
    }

    /// Runs another of its commands against it.
    @discardableResult
    func command(_ words: String...) async throws -> Command {
        let socket = ["--socket", directory.path + "/control.sock"]
        return try await Command.run(try world.node(node).exec + [Self.program] + words + socket)
    }

    func status(of scheme: String) async throws -> SchemeStatus {
        let command = try await command("status", scheme, "--format", "json")
        do {
            return try ControlJSON.decode(SchemeStatus.self, from: Array(command.output.utf8))
        } catch {
            throw WorldFailure("no status: \(command.exitCode) \(command.errors) \(command.output)")
        }
    }

    func history(of scheme: String) async throws -> [HistoryEntry] {
        let command = try await command("history", scheme, "--json", "--limit", "500")
        return try ControlJSON.decode(HistoryPage.self, from: Array(command.output.utf8)).entries
    }

    func signal(_ number: Int32) { process.signal(number) }

    /// Ends it in order; its exit code.
    func end() async -> Int32 {
        process.signal(15)
        return await blocking { [process] in
            while process.readLine() != nil {}
            return process.exitCode()
        }
    }
}
