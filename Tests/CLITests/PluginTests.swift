import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite("As a monitoring plugin the program keeps the plugins' rules on every path")
struct PluginTests {
    static let plugin = "check_dns_propagation"

    @Test(
        "A mistake is an UNKNOWN line on standard output, and standard error stays empty",
        arguments: [
            ([], "missing option '-H <name>'"), (["-H", "a..b"], "empty label"),
            (["-H", "a.b", "--frobnicate"], "unknown option"),
            (["-H", "example.org", "-a", "x"], "-a \"x\" is neither an address nor a network"),
            (["-H", "example.org", "-n", "-a", "192.0.2.1"], "give one"),
            (["-H", "example.org", "-L"], "-a is the whole"),
            (["-H", "example.org", "-t", "1"], "longer than 1 s"),
            (["-H", "example.org", "-w", "x"], "it is no range"),
            (["-H", "example.org", "--timeout-state", "ok"], "none of critical, unknown and warning"),
            (["-H", "example.org", "--resolvers", "/none"], "/none: cannot be read"),
        ] as [([String], String)])
    func mistake(arguments: [String], message: String) async throws {
        let run = try await ProgramRun.program(arguments, as: Self.plugin)
        #expect(run.exitCode == 3)
        #expect(run.error == "")
        let first = try #require(run.outputLines.first)
        #expect(first.hasPrefix("PROPAGATION UNKNOWN: "))
        #expect(first.utf8.count < 80)
        #expect(run.output.contains(message), "\(run.output)")
    }

    @Test(
        "Help and version are for people, so a scheduler that runs them is told UNKNOWN",
        arguments: ["-h", "--help", "-V", "--version"])
    func helpIsUnknown(option: String) async throws {
        let run = try await ProgramRun.program([option], as: Self.plugin)
        #expect(run.exitCode == 3)
        #expect(run.error == "")
        #expect(run.output.contains(Self.plugin))
    }

    @Test("A crash is an UNKNOWN line and 3", arguments: [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT])
    func crash(signal: Int32) async throws {
        let run = try await Self.runHeldUp(["-H", "example.org", "-t", "10m"], as: Self.plugin) { $0.send(signal) }
        #expect(run.exitCode == 3)
        #expect(run.output == "PROPAGATION UNKNOWN: the program crashed; please report it\n")
        #expect(run.error == "")
    }

    @Test("A crash in the nagios format of the check command is one too")
    func crashOfCheck() async throws {
        let arguments = ["check", "example.org", "--format", "nagios", "--deadline", "10m"]
        let run = try await Self.runHeldUp(arguments, as: "dnsconverge") { $0.send(SIGSEGV) }
        #expect(run.exitCode == 3)
        #expect(run.output == "PROPAGATION UNKNOWN: the program crashed; please report it\n")
    }

    @Test(
        "Whatever holds it up, it ends at its timeout with the state that was asked for",
        arguments: [("critical", Int32(2)), ("warning", 1), ("unknown", 3)])
    func timeout(state: String, code: Int32) async throws {
        let arguments = ["-H", "example.org", "-t", "1001ms", "--timeout-state", state]
        let run = try await Self.runHeldUp(arguments, as: Self.plugin) { _ in }
        #expect(run.exitCode == code)
        #expect(run.output == "PROPAGATION \(state.uppercased()): no result within 1.0 s\n")
        #expect(run.error == "")
    }

    /// Runs the program with a list of resolvers that never comes: it is held up while it opens a pipe that nobody writes.
    private static func runHeldUp(
        _ arguments: [String], as name: String, _ act: (RunningProgram) -> Void
    ) async throws -> ProgramRun {
        let directory = try TemporaryDirectory()
        let pipe = directory.path + "/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        let running = try RunningProgram(arguments + ["--resolvers", pipe], as: name)
        // Opening our end succeeds as soon as the program waits at its own.
        let writer = try await blocking { () throws -> Int32 in
            let end = open(pipe, O_WRONLY)
            guard end >= 0 else { throw SystemCallFailure("open") }
            return end
        }
        defer { close(writer) }
        act(running)
        return try await blocking { try running.end() }
    }
}
