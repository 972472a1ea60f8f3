import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@testable import Failover

@Suite("Hooks")
struct HookRunnerTests {
    private static let time = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("are told of the change in JSON, numbered")
    func input() async throws {
        let directory = try TemporaryDirectory()
        let program = try directory.program("#!/bin/sh\ncat >> \(directory.path)/seen\n")
        let runner = HookRunner(firstNumber: 41)
        let hooks = Self.hooks(.after, [program])
        #expect(await runner.run(hooks, for: try Self.event(.after, detail: "good 192.0.2.2")) == .done(failures: []))
        #expect(await runner.run(hooks, for: try Self.event(.after)) == .done(failures: []))
        let lines = try directory.lines("seen")
        #expect(
            lines.first == """
                {"schema": "dnsconverge.hook/1", "seq": 41, "stage": "after", "time": "2027-01-15T08:00:00Z", \
                "scheme": "cat", "name": "cat.example.org", "change": 7, "reason": "charlie is down", \
                "selected": ["echo"], "changes": [{"type": "A", "ttl": 300, "old": ["192.0.2.1"], \
                "new": ["192.0.2.2"]}], "detail": "good 192.0.2.2"}
                """)
        #expect(lines.last?.contains("\"seq\": 42") == true)
    }

    @Test("of the stage before may forbid a change, with their first line as the reason, and no later one is run")
    func veto() async throws {
        let directory = try TemporaryDirectory()
        let yes = try directory.program("#!/bin/sh\necho yes >> \(directory.path)/ran\n", named: "yes")
        let no = try directory.program("#!/bin/sh\necho 'not on Fridays'\necho more\nexit 1\n", named: "no")
        let runner = HookRunner(firstNumber: 1)
        let outcome = await runner.run(Self.hooks(.before, [yes, no, yes]), for: try Self.event(.before))
        #expect(outcome == .vetoed("\(no): not on Fridays (exit status 1)"))
        #expect(try directory.lines("ran") == ["yes"])
    }

    @Test("that fail forbid nothing in other stages, and the others are run")
    func failure() async throws {
        let directory = try TemporaryDirectory()
        let yes = try directory.program("#!/bin/sh\necho yes >> \(directory.path)/ran\n", named: "yes")
        let no = try directory.program("#!/bin/sh\necho sorry >&2\nexit 3\n", named: "no")
        let runner = HookRunner(firstNumber: 1)
        let outcome = await runner.run(Self.hooks(.converged, [no, yes]), for: try Self.event(.converged))
        #expect(outcome == .done(failures: ["\(no): sorry (exit status 3)"]))
        #expect(try directory.lines("ran") == ["yes"])
    }

    @Test("that do not end are ended, and forbid the change")
    func timeout() async throws {
        let directory = try TemporaryDirectory()
        let slow = try directory.program("#!/bin/sh\nsleep 600 & wait\n")
        let hook = HookSettings.Hook(ProgramCall(path: slow), timeout: .milliseconds(100))
        let outcome = await HookRunner(firstNumber: 1).run(
            HookSettings([.before: [hook]]), for: try Self.event(.before))
        #expect(outcome == .vetoed("\(slow): no reason given (ended after 100ms, its time was over)"))
    }

    @Test("of one scheme run one at a time, in the order of its events")
    func order() async throws {
        let directory = try TemporaryDirectory()
        let program = try directory.program(
            """
            #!/bin/sh
            mkdir \(directory.path)/lock || echo overlap >> \(directory.path)/ran
            sed 's/.*"seq": \\([0-9]*\\).*/\\1/' >> \(directory.path)/ran
            rmdir \(directory.path)/lock
            """)
        let runner = HookRunner(firstNumber: 1)
        let event = try Self.event(.after)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<12 {
                group.addTask { _ = await runner.run(Self.hooks(.after, [program]), for: event) }
            }
        }
        #expect(try directory.lines("ran") == (1...12).map(String.init))
    }

    private static func hooks(_ stage: HookSettings.Stage, _ programs: [String]) -> HookSettings {
        HookSettings([stage: programs.map { HookSettings.Hook(ProgramCall(path: $0)) }])
    }

    private static func event(_ stage: HookSettings.Stage, detail: String? = nil) throws -> HookEvent {
        let (old, new) = (try #require(IPAddress("192.0.2.1")), try #require(IPAddress("192.0.2.2")))
        let name = try DomainName("cat.example.org")
        let change = RRsetChange(name: name, type: .a, ttl: TTL(300), old: [RecordData(old)], new: [RecordData(new)])
        let plan = ChangePlan(
            number: ChangeNumber(7), scheme: SchemeName("cat"), changes: [change], selected: [ServerName("echo")],
            reason: "charlie is down", decidedAt: time)
        return HookEvent(stage, plan, record: name, time: time, detail: detail)
    }
}

extension TemporaryDirectory {
    func lines(_ name: String) throws -> [String] {
        let data = try Data(contentsOf: URL(filePath: "\(path)/\(name)"))
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
