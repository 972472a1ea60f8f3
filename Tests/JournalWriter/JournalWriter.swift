import DNSModel
import Daemon
import Failover
import FoundationEssentials
import Glibc

/// `JournalWriter PATH` does what its standard input says, one word or command a line:
///
/// - `commit`: commits the intent of the next change, and says `durable 7` or `memory 7 why`;
/// - `loop`: does so until it is killed, with notes in between;
/// - `close` and `open`: closes the journal, and opens it again, which says `open 7` and what is wrong with it;
/// - `sh COMMAND`: has a shell do something, and says its status.
@main
enum JournalWriter {
    static func main() async throws {
        var journal: SQLiteJournal? = try await open()
        while let line = readLine() {
            switch line {
            case "close":
                await journal?.close()
                journal = nil
                say("closed")
            case "open": journal = try await open()
            case "commit": if let journal { try await commit(to: journal) }
            case "loop": while let journal { try await commit(to: journal) }
            default: say("status \(system(String(line.drop { $0 != " " })))")
            }
        }
    }

    private static func open() async throws -> SQLiteJournal {
        var limits = SQLiteJournal.Limits()
        limits.retryInterval = .zero
        let journal = try await SQLiteJournal(path: CommandLine.arguments[1], limits: limits)
        say("open \(await journal.state().lastChange) \(await journal.problem() ?? "")")
        return journal
    }

    private static func commit(to journal: SQLiteJournal) async throws {
        let number = ChangeNumber(await journal.state().lastChange.value + 1)
        let scheme = SchemeName("cat")
        let plan = ChangePlan(
            number: number, scheme: scheme,
            changes: [RRsetChange(name: try DomainName("cat.example"), type: .a, old: nil, new: [])], selected: [],
            reason: String(repeating: "for no reason, ", count: 20), decidedAt: Date())
        await journal.note(JournalRecord(at: Date(), scheme: scheme, .act(who: "test", what: plan.reason)))
        switch await journal.commit([JournalRecord(at: Date(), scheme: scheme, .intent(plan))]) {
        case .durable: say("durable \(number)")
        case .inMemory(let why): say("memory \(number) \(why)")
        }
    }

    /// At once: whoever listens may kill us then.
    private static func say(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = write(1, line, line.count)
    }
}
