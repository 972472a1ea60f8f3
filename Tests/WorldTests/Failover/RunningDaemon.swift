import DNSModel
import Failover
import FoundationEssentials
import TestSupport

/// A `dnsconverge run` on the world's client, with a configuration and a store of its own; it is killed when this goes.
final class RunningDaemon: Sendable {
    private let world: MiniatureInternet
    private let directory: TemporaryDirectory
    private let process: ChildProcess

    /// Starts it. `schemes` is what stands below `schemes:` in the configuration, indented by two.
    init(_ schemes: String, in world: MiniatureInternet) throws {
        self.world = world
        directory = try TemporaryDirectory()
        let configuration = try directory.write(
            """
            store: \(directory.path)/journal.sqlite
            socket: \(directory.path)/control.sock
            resolvers: {root_hints: \(world.rootHints)}
            schemes:
            \(schemes)
            """, to: "dnsconverge.yaml")
        let words = try world.node("client").exec + [Repository.program, "run", "--config", configuration]
        process = try ChildProcess(Command.path(of: words[0]), Array(words.dropFirst()))
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

    /// Gives an order to it.
    func command(_ words: String...) async throws {
        let command = try await run(words)
        guard command.exitCode == 0 else { throw WorldFailure("\(words): \(command.exitCode) \(command.errors)") }
    }

    func status(of scheme: String) async throws -> SchemeStatus {
        let command = try await run(["status", scheme, "--format", "json"])
        do {
            return try ControlJSON.decode(SchemeStatus.self, from: Array(command.output.utf8))
        } catch {
            throw WorldFailure("no status: \(command.exitCode) \(command.errors) \(command.output)")
        }
    }

    /// The status as soon as it is as wanted; an error when it is not within half a minute.
    @discardableResult
    func status(of scheme: String, when isWanted: (SchemeStatus) -> Bool) async throws -> SchemeStatus {
        let end = ContinuousClock.now + .seconds(30)
        while true {
            let status = try await status(of: scheme)
            if isWanted(status) { return status }
            guard ContinuousClock.now < end else { throw WorldFailure("the status stays \(status)") }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func run(_ words: [String]) async throws -> Command {
        let socket = ["--socket", directory.path + "/control.sock"]
        return try await Command.run(try world.node("client").exec + [Repository.program] + words + socket)
    }

    /// Ends it in order; its exit code.
    func end() async -> Int32 {
        process.signal(15)
        return await blocking { [process] in
            while process.readLine() != nil {}
            return process.exitCode()
        }
    }
}
