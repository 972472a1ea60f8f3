import Glibc
import TestSupport
import Testing

@testable import Wire

@Suite("A program is run to its end, or ended")
struct CommandTests {
    /// Scripts are the tests' own; the command itself uses no shell.
    private func script(_ text: String, input: String = "", timeout: Duration = .seconds(60)) -> Command {
        Command(["sh", "-c", text], input: Array(input.utf8), timeout: timeout)
    }

    static let endings: [Case<[String], CommandResult.Ending>] = [
        Case("success", ["true"], .exited(0)),
        Case("a Nagios plugin's CRITICAL", ["sh", "-c", "exit 2"], .exited(2)),
        Case("a code above 127", ["sh", "-c", "exit 255"], .exited(255)),
        Case("a signal", ["sh", "-c", "kill -SEGV $$"], .signaled(SIGSEGV)),
    ]

    @Test("It tells how the program ended", arguments: endings)
    func ending(ending: Case<[String], CommandResult.Ending>) async throws {
        #expect(try await Command(ending.input).run().ending == ending.output)
    }

    @Test("Arguments arrive as they are, and no shell reads them")
    func arguments() async throws {
        let result = try await Command(["printf", "%s|", "a b", "$HOME", "*", "", "'; exit 1"]).run()
        #expect(result.outputText == "a b|$HOME|*||'; exit 1|")
    }

    @Test("Standard input is what was given, and ends")
    func input() async throws {
        let text = String(repeating: "0123456789", count: 100_000)
        #expect(try await script("wc -c", input: text).run().outputText == "1000000\n")
        #expect(try await script("wc -c").run().outputText == "0\n")
    }

    @Test("A program that leaves its input unread, or closes it, holds up nothing")
    func unreadInput() async throws {
        let text = String(repeating: "x", count: 1_000_000)
        #expect(try await script("exec 0<&-; echo fine", input: text).run().outputText == "fine\n")
        #expect(try await script("head -c 1", input: text).run().outputText == "x")
    }

    @Test("Variables are added to those of this program, and may replace them")
    func environment() async throws {
        setenv("DNSCONVERGE_TEST_INHERITED", "1", 1)
        var command = script("echo $DNSCONVERGE_TEST_INHERITED $NEW $LANG; test -n \"$PATH\"")
        command.environment = ["NEW": "2", "LANG": "3"]
        let result = try await command.run()
        #expect(result.outputText == "1 2 3\n")
        #expect(result.ending == .exited(0))
    }

    @Test("Output and errors are kept apart, each up to the limit, and read to the end")
    func limits() async throws {
        var command = script("yes | head -c 3000000; echo oops >&2; exit 1")
        command.outputLimit = 1000
        let result = try await command.run()
        #expect(result.output.count == 1000)
        #expect(result.errorText == "oops\n")
        #expect(result.isCut)
        #expect(result.ending == .exited(1))
    }

    @Test("Errors are cut like output")
    func errorLimit() async throws {
        var command = script("echo ab; echo abcdef >&2")
        command.outputLimit = 3
        let result = try await command.run()
        #expect(result.outputText == "ab\n")
        #expect(result.errorText == "abc")
        #expect(result.isCut)
    }

    static let overdue: [Case<String, String>] = [
        Case("one that sleeps", "exec sleep 600", ""),
        Case("one whose child sleeps and holds its output", "echo begun; sleep 600; echo never", "begun\n"),
        Case("one that says something when told to end", "trap 'echo bye; exit 5' TERM; sleep 600 & wait", "bye\n"),
        Case(
            "one that takes no notice of being told", "trap '' TERM; echo deaf; while :; do sleep 600; done", "deaf\n"),
        Case("one that writes without end", "trap '' PIPE; exec >/dev/null; yes", ""),
        Case("one that has closed its streams", "exec 0<&- 1>&- 2>&-; exec sleep 600", ""),
    ]

    @Test("A program whose time is over is ended, and what it had written counts", arguments: overdue)
    func timeout(overdue: Case<String, String>) async throws {
        var command = script(overdue.input, timeout: .seconds(2))
        command.grace = .milliseconds(300)
        let result = try await command.run()
        #expect(result.ending == .timedOut)
        #expect(result.outputText == overdue.output)
    }

    @Test("Nothing of the group outlives the timeout")
    func wholeGroup() async throws {
        let directory = try TemporaryDirectory()
        // Whoever still runs holds the lock that the last line asks for.
        let lock = directory.path + "/lock"
        var command = script(
            "trap '' TERM; exec 9>\(lock); flock 9; (trap '' TERM; sleep 600) & sleep 600 & wait; wait",
            timeout: .seconds(2))
        command.grace = .milliseconds(100)
        #expect(try await command.run().ending == .timedOut)
        #expect(try await Command(["flock", lock, "true"], timeout: .seconds(60)).run().ending == .exited(0))
    }

    @Test("A child left in the background does not hold up the end, though it has the program's output")
    func background() async throws {
        let directory = try TemporaryDirectory()
        let result = try await script("echo $$ >\(directory.path)/id; sleep 600 & echo done; exit 1").run()
        #expect(result.ending == .exited(1))
        #expect(result.outputText == "done\n")
        // The one in the background is the test's to end.
        _ = try await script("kill -- -$(cat \(directory.path)/id)").run()
    }

    @Test("Cancelling kills the program and its group")
    func cancellation() async throws {
        let directory = try TemporaryDirectory()
        let lock = directory.path + "/lock"
        mkfifo(directory.path + "/begun", 0o600)
        let command = script(
            "exec 9>\(lock); flock 9; trap '' TERM; sleep 600 & echo >\(directory.path)/begun; wait",
            timeout: .seconds(600))
        let running = Task { try await command.run() }
        _ = try await Command(["cat", directory.path + "/begun"], timeout: .seconds(60)).run()
        running.cancel()
        await #expect(throws: CommandFailure.cancelled) { try await running.value }
        #expect(try await Command(["flock", lock, "true"], timeout: .seconds(60)).run().ending == .exited(0))
    }

    @Test("What is cancelled before it starts does not start")
    func cancelledBeforehand() async throws {
        let directory = try TemporaryDirectory()
        let command = script("touch \(directory.path)/trace")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await command.run()
        }
        await #expect(throws: CommandFailure.cancelled) { try await task.value }
        #expect(access(directory.path + "/trace", F_OK) != 0)
    }

    static let refusals: [Case<[String], String>] = [
        Case("nothing at all", [], "no program to run: the command is empty"),
        Case("an empty name", [""], "no program to run: the command is empty"),
        Case(
            "a name that PATH does not have", ["check_nothing_at_all"],
            "check_nothing_at_all: no such program; give its path, or install it"),
        Case(
            "a path that is not there", ["/no/such/program"],
            "/no/such/program: no such program; give its path, or install it"),
        Case(
            "a file that is no program", ["/etc/passwd"],
            "/etc/passwd: may not be executed; is it a program (chmod +x)?"),
        Case("a zero octet", ["echo", "a\0b"], "echo: an argument or a variable has a zero octet in it"),
    ]

    @Test("What cannot start says why", arguments: refusals)
    func refusal(refusal: Case<[String], String>) async throws {
        await #expect(throws: CommandFailure.cannotStart(refusal.output)) { try await Command(refusal.input).run() }
    }

    @Test("Many run at once")
    func many() async throws {
        let outputs = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<100 { group.addTask { try await Command(["echo", "\(number)"]).run().outputText } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(outputs == Set((0..<100).map { "\($0)\n" }))
    }

    @Test("However it is printed, a command shows no argument, variable or input")
    func secrecy() {
        let command = Command(["echo", "s3cret"], environment: ["TOKEN": "s3cret"], input: Array("s3cret".utf8))
        var dumped = ""
        dump(command, to: &dumped)
        #expect("\(command) \(String(reflecting: command)) \(dumped)".contains("s3cret") == false)
    }
}
