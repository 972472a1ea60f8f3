import FoundationEssentials
import Glibc
import Synchronization

/// One run of the program that was built beside the tests, from start to end, with its two streams apart.
package struct ProgramRun: Sendable {
    package let output: String
    package let error: String
    /// Nil when a signal ended it.
    package let exitCode: Int32?

    /// The lines of standard output, without the end that the last one has.
    package var outputLines: [String] { Self.lines(output) }
    package var errorLines: [String] { Self.lines(error) }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast(text.isEmpty ? 0 : 1)
    }

    /// Runs `dnsconverge` to its end.
    package static func program(
        _ arguments: [String], as name: String = "dnsconverge", environment: [String: String] = [:]
    ) async throws -> ProgramRun {
        let running = try RunningProgram(arguments, as: name, environment: environment)
        return try await blocking { try running.end() }
    }
}

/// A program that runs; it is killed when this goes. `as` is what it is called, as through a link of that name.
package final class RunningProgram: Sendable {
    private let id: pid_t
    private let directory: TemporaryDirectory
    /// Hangs up when the program has ended: only the program holds the other end.
    private let lifeline: Int32
    private let hasEnded = Mutex(false)

    /// Longer than anything here takes on a busy machine.
    private static let patience: Int32 = 120_000

    /// With a `terminal`, standard output is that; else it is kept for `end`.
    package init(
        _ arguments: [String], as name: String = "dnsconverge", environment: [String: String] = [:],
        terminal: PseudoTerminal? = nil
    ) throws {
        directory = try TemporaryDirectory()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for (stream, file) in [(Int32(1), "/output"), (Int32(2), "/error")] {
            posix_spawn_file_actions_addopen(
                &actions, stream, directory.path + file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        if let terminal { posix_spawn_file_actions_addopen(&actions, 1, terminal.path, O_RDWR | O_NOCTTY, 0) }
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw SystemCallFailure("socketpair")
        }
        defer { close(ends[1]) }
        lifeline = ends[0]
        posix_spawn_file_actions_adddup2(&actions, ends[1], 9)
        let variables = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"] + environment.map { "\($0.key)=\($0.value)" }
        var process = pid_t()
        let path = try BuiltProgram.path
        let status = Self.withCStrings(["/usr/bin/" + name] + arguments) { arguments in
            Self.withCStrings(variables) { posix_spawn(&process, path, &actions, nil, arguments, $0) }
        }
        id = process
        errno = status
        guard status == 0 else { throw SystemCallFailure("posix_spawn \(path)") }
    }

    deinit {
        if id > 0, !hasEnded.withLock(\.self) {
            kill(id, SIGKILL)
            waitpid(id, nil, 0)
        }
        close(lifeline)
    }

    package func send(_ signal: Int32) { kill(id, signal) }

    /// Blocks until the program has ended, and gives what it has written.
    package func end() throws -> ProgramRun {
        var watched = pollfd(fd: lifeline, events: Int16(POLLIN), revents: 0)
        if poll(&watched, 1, Self.patience) == 0 { kill(id, SIGKILL) }
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 {
            guard errno == EINTR else { throw SystemCallFailure("waitpid") }
        }
        hasEnded.withLock { $0 = true }
        return ProgramRun(
            output: try contents("/output"), error: try contents("/error"),
            exitCode: status & 0x7F == 0 ? (status >> 8) & 0xFF : nil)
    }

    private func contents(_ file: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: directory.path + file)), as: UTF8.self)
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("the terminating nil is always there") }
            return body(start)
        }
    }
}
