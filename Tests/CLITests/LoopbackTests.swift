import DNSModel
import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Name servers on loopback, and the options that make the program ask nobody else: the root's only server is an address
/// of this machine at which nobody listens.
struct Loopback {
    let server: FakeNameServer
    let resolver: FakeNameServer
    private let directory: TemporaryDirectory
    private let hints: String

    /// The server has 192.0.2.2. The resolver answers the `n`th question as `resolver(n)` says: an address and its TTL.
    init(resolver answer: @escaping @Sendable (Int) -> (last: UInt8, ttl: UInt32)) throws {
        server = try FakeNameServer { query in [.reply(query.addressReply(flags: 0x8400, last: 2, ttl: 300))] }
        resolver = try FakeNameServer { query in
            let (last, ttl) = answer(query.number)
            return [.reply(query.addressReply(flags: 0x8180, last: last, ttl: ttl))]
        }
        directory = try TemporaryDirectory()
        hints = try directory.write(". 60 NS a.root.\na.root. 60 A 127.66.66.66\n", to: "hints")
    }

    var options: [String] {
        [
            "--root-hints", hints, "--nameserver", "127.0.0.1:\(server.port)", "--resolver",
            "127.0.0.1:\(resolver.port)",
            "--was", "192.0.2.1",
        ]
    }

    func run(_ command: String, _ more: String...) async throws -> ProgramRun {
        try await ProgramRun.program([command, "www.example"] + options + more)
    }
}

extension FakeQuery {
    /// 192.0.2.`last` for a question for A, nothing for any other.
    fileprivate func addressReply(flags: UInt16, last: UInt8, ttl: UInt32) -> [UInt8] {
        let isA = question.suffix(4).prefix(2).elementsEqual([0, 1])
        return reply(
            flags: flags, answers: isA ? [Self.record(type: 1, ttl: ttl, data: [192, 0, 2, last])] : [])
    }
}

@Suite("A check on loopback ends with the code of what it found, in every format")
struct LoopbackCheckTests {
    @Test(
        "The exit code",
        arguments: [
            Case("converged", ([UInt8(2)], [String]()), Int32(0)), Case("stale", ([1], []), 1),
            Case("stale, for okerr", ([1], ["--okerr-exit"]), 0), Case("wrong", ([9], []), 2),
            Case("too few operators", ([2], ["--min-operators", "2"]), 3),
            Case("the server has something else", ([2], ["--expect", "192.0.2.3"]), 2),
            Case("above a range for CRITICAL", ([1], ["-c", "50:"]), 2),
            Case("within every range", ([1], ["-w", "0:"]), 0),
        ] as [Case<([UInt8], [String]), Int32>])
    func exitCode(_ c: Case<([UInt8], [String]), Int32>) async throws {
        let last = try #require(c.input.0.first)
        let loopback = try Loopback { _ in (last, 100) }
        for format in ["text", "json", "nagios", "okerr"] {
            let arguments = ["check", "www.example"] + loopback.options + c.input.1 + ["--format", format]
            let run = try await ProgramRun.program(arguments)
            #expect(run.exitCode == c.output, "\(format): \(run.output)\(run.error)")
            #expect(run.error == "")
        }
    }

    @Test(
        "When the time is over, whoever is awaited is silent, and resolvers whose turn has not come are not asked",
        arguments: ["text", "json", "nagios", "okerr"])
    func deadline(format: String) async throws {
        let loopback = try Loopback { _ in (2, 100) }
        let silent = try FakeNameServer { _ in [] }
        let arguments =
            ["check", "www.example"] + loopback.options
            + ["--nameserver", "127.0.0.1:\(silent.port)", "--deadline", "300ms", "--format", format]
        let run = try await ProgramRun.program(arguments)
        #expect(run.exitCode == 3, "\(run.output)\(run.error)")
        switch format {
        case "text", "nagios":
            #expect(run.outputLines.first?.contains("UNKNOWN") ?? false, "\(run.output)")
            #expect(run.output.contains("no resolver could be asked: no time was left"))
            #expect(run.output.contains("127.0.0.1:\(silent.port) does not answer"))
        case "json":
            let report = try PropagationReport.decoder().decode(PropagationReport.self, from: Data(run.output.utf8))
            #expect(report.status == .unknown && report.exitCode == 3 && report.pending == 0)
        default:
            #expect(run.output.hasPrefix(#"{"status": "ERR", "indicators": []}"#), "\(run.output)")
        }
        let resolver = ["--resolver", "127.0.0.1:\(loopback.resolver.port)"]
        let alone = try await ProgramRun.program(arguments.filter { !resolver.contains($0) } + ["--no-resolvers"])
        #expect(alone.exitCode == 1, "\(alone.output)\(alone.error)")
    }

    @Test("JSON is the report, in one document for several types")
    func json() async throws {
        let loopback = try Loopback { _ in (2, 100) }
        let one = try await loopback.run("check", "--json")
        let report = try PropagationReport.decoder().decode(PropagationReport.self, from: Data(one.output.utf8))
        #expect(report.status == .ok)
        #expect(report.exitCode == one.exitCode)
        let arguments = ["check", "www.example", "A,AAAA", "--json"] + loopback.options
        let two = try await ProgramRun.program(arguments)
        let reports = try PropagationReport.decoder().decode(PropagationReports.self, from: Data(two.output.utf8))
        #expect(reports.reports.map(\.type) == ["A", "AAAA"])
        #expect(reports.exitCode == two.exitCode)
    }

    @Test("The plugin's line is that of the nagios format")
    func plugin() async throws {
        let loopback = try Loopback { _ in (1, 100) }
        let check = try await loopback.run("check", "--format", "nagios")
        let first = try #require(check.outputLines.first)
        #expect(
            first.hasPrefix("PROPAGATION WARNING: www.example A 0/1 operators, 1 stale (1m41s) | converged=0%;100: "))
        #expect(PluginOutput(check.output).figures.count > 10)
    }

    @Test("Colour and width suit a terminal")
    func terminal() async throws {
        let loopback = try Loopback { _ in (2, 100) }
        let terminal = try PseudoTerminal(columns: 60, rows: 24)
        let running = try RunningProgram(
            ["check", "www.example"] + loopback.options, environment: ["TERM": "xterm"], terminal: terminal)
        let output = await blocking { terminal.readToEnd() }
        let run = try await blocking { try running.end() }
        #expect(run.exitCode == 0)
        #expect(output.hasPrefix("\u{1B}[32mOK\u{1B}[0m"))
        let lines = output.split(separator: "\r\n").map { String($0).withoutColour }
        #expect(lines.allSatisfy { $0.columns <= 60 })
    }
}

@Suite("A watch on loopback follows a record to its end")
struct LoopbackWatchTests {
    /// Stale at first, with a TTL that is over at once.
    private static func loopback() throws -> Loopback {
        try Loopback { number in number == 0 ? (1, 0) : (2, 100) }
    }

    @Test("In a pipe every change is a line, and it ends with 0 when all has converged")
    func pipe() async throws {
        let run = try await Self.loopback().run("watch")
        #expect(run.exitCode == 0)
        #expect(run.error == "")
        let lines = run.outputLines.map { $0.dropFirst("00:00:00  ".count) }
        #expect(lines.contains { $0.hasSuffix("  stale: 192.0.2.1") })
        #expect(lines.contains { $0.hasSuffix("  stale to converged: 192.0.2.2") })
        #expect(lines.last?.hasPrefix("www.example A  OK: 1/1 operators") ?? false, "\(run.output)")
        #expect(Set(lines).count == lines.count, "no change is told twice: \(run.output)")
    }

    @Test("JSON is a document for each change, the last of which is the end")
    func json() async throws {
        let run = try await Self.loopback().run("watch", "--json")
        let reports = try run.outputLines.map {
            try PropagationReport.decoder().decode(PropagationReport.self, from: Data($0.utf8))
        }
        #expect(run.exitCode == 0)
        #expect(reports.contains { $0.status == .warning })
        #expect(reports.last?.status == .ok)
    }

    @Test("The nagios format prints once, at the end")
    func nagios() async throws {
        let run = try await Self.loopback().run("watch", "--format", "nagios")
        #expect(run.exitCode == 0)
        #expect(run.outputLines.first?.hasPrefix("PROPAGATION OK: www.example A 1/1 operators |") ?? false)
    }

    @Test("At the deadline it ends with 2")
    func deadline() async throws {
        let run = try await Loopback { _ in (1, 100) }.run("watch", "--deadline", "3s")
        #expect(run.exitCode == 2)
        #expect(run.output.contains("CRITICAL: the deadline is over"))
    }

    @Test("A signal prints the last state and ends with its code", arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) async throws {
        let loopback = try Loopback { _ in (1, 100) }
        let terminal = try PseudoTerminal(columns: 80, rows: 30)
        let running = try RunningProgram(
            ["watch", "www.example"] + loopback.options, environment: ["TERM": "xterm"], terminal: terminal)
        let screen = await blocking { terminal.read(until: "1 stale (1m41s)") }
        #expect(screen?.hasPrefix("\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l") ?? false)
        running.send(signal)
        let rest = await blocking { terminal.readToEnd() }
        let run = try await blocking { try running.end() }
        #expect(run.exitCode == 1)
        #expect(run.error == "")
        let parts = rest.split(separator: "\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l", omittingEmptySubsequences: false)
        #expect(parts.count == 2)
        #expect(parts.last?.contains("stale") ?? false)
        #expect(!(parts.last?.contains("\u{1B}[?") ?? true))
    }

    @Test("A window of another size is drawn anew")
    func resized() async throws {
        let loopback = try Loopback { _ in (1, 100) }
        let terminal = try PseudoTerminal(columns: 80, rows: 30)
        let running = try RunningProgram(
            ["watch", "www.example", "--color", "never"] + loopback.options, environment: ["TERM": "xterm"],
            terminal: terminal)
        _ = await blocking { terminal.read(until: "1 stale (1m41s)") }
        terminal.resize(columns: 40, rows: 12)
        running.send(SIGWINCH)
        _ = await blocking { terminal.read(until: "\u{1B}[H\u{1B}[2J") }
        let redrawn = await blocking { terminal.read(until: "\u{1B}[4;1H") }
        running.send(SIGINT)
        _ = await blocking { terminal.readToEnd() }
        #expect(try await blocking { try running.end() }.exitCode == 1)
        let rows = try #require(redrawn).split(separator: "\u{1B}[K").map { $0.prefix { $0 != "\u{1B}" } }
        #expect(rows.allSatisfy { String($0).columns <= 40 })
    }
}

extension String {
    /// Without the sequences that set colours.
    var withoutColour: String {
        var text = ""
        var rest = self[...]
        while let escape = rest.firstIndex(of: "\u{1B}") {
            text += rest[..<escape]
            rest = rest[escape...].drop { $0 != "m" }.dropFirst()
        }
        return text + rest
    }
}
