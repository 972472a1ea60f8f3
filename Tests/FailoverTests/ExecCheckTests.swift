import DNSModel
import Failover
import FoundationEssentials
import TestSupport
import Testing

@Suite("An exec check")
struct ExecCheckTests {
    private static let plugins = "/usr/lib/nagios/plugins"

    @Test(
        "takes a plugin's exit status, its first line and its performance data",
        arguments: [
            Case("0 is ok", "echo 'DISK OK - free | /=2643MB;5948;5958;0;5968'", Outcome(.ok, "DISK OK - free")),
            Case("1 is a warning", "echo WARNING; exit 1", Outcome(.warn, "WARNING")),
            Case("2 is a failure", "echo CRITICAL; exit 2", Outcome(.fail, "CRITICAL")),
            Case("3 is unknown", "echo UNKNOWN; exit 3", Outcome(.unknown, "UNKNOWN")),
            Case(
                "any other is unknown", "echo hm; exit 127",
                Outcome(.unknown, "exit status 127, which no plugin has: hm")),
            Case("only the first line counts", "echo one; echo two", Outcome(.ok, "one")),
            Case("errors count when there is no output", "echo oops >&2; exit 2", Outcome(.fail, "oops")),
            Case("no output", "exit 2", Outcome(.fail, "no output")),
            Case("a signal", "kill -9 $PPID_OF_NOBODY $$", Outcome(.unknown, "ended by signal 9: no output")),
            Case("what would move the cursor is shown", "printf 'a\\033[2Jb'", Outcome(.ok, "a\\u{1B}[2Jb")),
        ])
    func output(_ row: Case<String, Outcome>) async throws {
        let directory = try TemporaryDirectory()
        let script = try directory.program("#!/bin/sh\n\(row.input)\n")
        let result = try await Checks.run("{exec: [\(script)]}")
        #expect(Outcome(result.health, result.reason) == row.output)
        if row.input.contains("MB") { #expect(result.performanceData == "/=2643MB;5948;5958;0;5968") }
    }

    @Test("arguments have the server's address and names, the environment too, and secrets come by the environment")
    func macros() async throws {
        let directory = try TemporaryDirectory()
        let script = try directory.program(
            "#!/bin/sh\necho \"$*; $DNSCONVERGE_ADDRESS $DNSCONVERGE_SERVER $DNSCONVERGE_SCHEME $TOKEN\"\n")
        let check = try Checks.read(
            "{exec: [\(script), -H, $ADDRESS$, \"$SERVER$:$SCHEME$\", \"5$\", $OTHER$], environment: {TOKEN: env:TOKEN}}",
            environment: ["TOKEN": "hunter2"])
        let result = await check.result(over: try Checks.network())
        #expect(result.reason == "-H 127.0.0.1 charlie:cat 5$ $OTHER$; 127.0.0.1 charlie cat <secret>")
    }

    @Test(
        "a plugin that does not end is ended, and that is a failure or unknown as one likes",
        arguments: [Case("a failure", "", Health.fail), Case("unknown", ", on_timeout: unknown", .unknown)])
    func timeout(_ row: Case<String, Health>) async throws {
        let directory = try TemporaryDirectory()
        let script = try directory.program("#!/bin/sh\nsleep 600 & wait\n")
        let result = try await Checks.run("{exec: [\(script)], timeout: 100ms\(row.input)}")
        #expect(Outcome(result.health, result.reason) == Outcome(row.output, "ended after 100ms, its time was over"))
    }

    @Test("a program that is gone is unknown")
    func gone() async throws {
        let directory = try TemporaryDirectory()
        let script = try directory.program("#!/bin/sh\n")
        let check = try Checks.read("{exec: [\(script)]}")
        try FileManager.default.removeItem(atPath: script)
        #expect(await check.result(over: try Checks.network()).health == .unknown)
    }

    @Test(
        "the real check_dummy",
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: "\(plugins)/check_dummy"), "needs monitoring-plugins-basic"
        ),
        arguments: [
            Case("ok", 0, Outcome(.ok, "OK: hello")), Case("warning", 1, Outcome(.warn, "WARNING: hello")),
            Case("critical", 2, Outcome(.fail, "CRITICAL: hello")),
            Case("unknown", 3, Outcome(.unknown, "UNKNOWN: hello")),
        ])
    func dummy(_ row: Case<Int, Outcome>) async throws {
        let result = try await Checks.run("{exec: \"\(Self.plugins)/check_dummy \(row.input) hello\"}")
        #expect(Outcome(result.health, result.reason) == row.output)
    }

    @Test(
        "the real check_http against a real server",
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: "\(plugins)/check_http"), "needs monitoring-plugins-basic")
    )
    func http() async throws {
        let server = try FakeHTTPServer()
        // The plugin reads until the server ends the connection.
        server.on(
            "GET", "/", .raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nstatus=OK"),
            .raw("HTTP/1.1 500 Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
        let check = try Checks.read(
            "{exec: \"\(Self.plugins)/check_http -I $ADDRESS$ -H www.example.org -p \(server.port) -s status=OK\"}")
        let network = try Checks.network()
        let first = await check.result(over: network)
        #expect(first.health == .ok, "\(first.reason)")
        #expect(first.performanceData?.contains("time=") == true)
        #expect(await check.result(over: network).health == .fail)
        #expect(server.requests.first?.headers["host"]?.hasPrefix("www.example.org") == true)
    }
}

extension TemporaryDirectory {
    /// Writes a program that may be run, and gives its path.
    func program(_ text: String, named name: String = "program") throws -> String {
        let path = try write(text, to: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }
}
