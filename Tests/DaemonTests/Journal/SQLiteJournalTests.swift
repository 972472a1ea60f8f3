import DNSModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Daemon
@testable import Failover

@Suite("What was committed is there for the next process")
struct SQLiteJournalTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/journal.sqlite" }

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// A journal with something of everything in it, written and closed.
    private func fill(_ path: String) async throws -> (state: JournalState, changes: [ChangeRecord]) {
        let journal = try await SQLiteJournal.patient(path: path)
        for number in 1...3 {
            let scheme = SchemeName("scheme \(number)")
            await journal.commit([
                Samples.record(.intent(try Samples.plan(Int64(number), of: scheme)), of: scheme),
                Samples.record(.memory(try Samples.memory(why: "\(number)")), of: scheme),
            ])
        }
        await journal.commit(try Samples.events().map { Samples.record($0) })
        await journal.note(Samples.record(.schemeStored(Samples.storedScheme())))
        await journal.flush()
        let filled = (await journal.state(), await journal.changes(of: nil, limit: 100))
        await journal.close()
        return filled
    }

    @Test("a journal that is opened again has the same state, changes and history")
    func reopen() async throws {
        let former = try await fill(path)
        let journal = try await SQLiteJournal.patient(path: path)
        #expect(former.state.openIntents.count == 3 && former.state.memories.count == 3)
        #expect(await journal.state() == former.state)
        #expect(await journal.changes(of: nil, limit: 100) == former.changes)
        let events = try Samples.events().count
        #expect(await journal.records(HistoryQuery(limit: 1000)).count == events + 4)
        #expect(await journal.problem() == nil)
    }

    @Test("a commit is on the disk when it returns, not in a buffer of this process")
    func durable() async throws {
        let journal = try await SQLiteJournal.patient(path: path)
        #expect(await journal.commit([Samples.record(.intent(try Samples.plan(5)))]) == .durable)
        let mode = try await journal.file?.connections.write {
            (try String.fetchOne($0, sql: "PRAGMA journal_mode"), try Int.fetchOne($0, sql: "PRAGMA synchronous"))
        }
        #expect(mode?.0 == "wal")
        #expect(mode?.1 == 2, "FULL: every commit waits for the disk")
        // What another process would find if this one died now.
        let copy = directory.path + "/copy.sqlite"
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
        }
        let found = try await SQLiteJournal.patient(path: copy)
        #expect(await found.state().lastChange == ChangeNumber(5))
    }

    @Test("commits of many schemes at once all return, in few transactions")
    func manyAtOnce() async throws {
        let journal = try await SQLiteJournal.patient(path: path)
        let file = try #require(await journal.file)
        let version = { try await file.connections.read { try Int.fetchOne($0, sql: "PRAGMA data_version") ?? 0 } }
        let before = try await version()
        await withTaskGroup { group in
            for number in 1...1000 {
                let scheme = SchemeName("scheme \(number)")
                group.addTask {
                    guard let plan = try? Samples.plan(Int64(number), of: scheme) else { return }
                    #expect(await journal.commit([Samples.record(.intent(plan), of: scheme)]) == .durable)
                }
            }
        }
        #expect(try await version() - before < 500)
        #expect(await journal.state().openIntents.count == 1000)
        let stored = try await file.connections.read { try $0.state().state }
        #expect(await journal.state() == stored)
    }

    @Test("what was only noted is written when the daemon ends")
    func end() async throws {
        let journal = try await SQLiteJournal.patient(path: path)
        let service = Task { try await journal.run() }
        await journal.note(Samples.record(.act(who: "test", what: "the last word")))
        service.cancel()
        try await service.value
        let file = try #require(await journal.file)
        #expect(try await file.connections.read { try $0.records(HistoryQuery()) }.count == 1)
    }

    @Test("a store has one daemon at a time, and the second is told which process has it")
    func oneDaemon() async throws {
        let first = try await SQLiteJournal.patient(path: path)
        let refusal = await #expect(throws: JournalRefusal.self) { try await SQLiteJournal.patient(path: path) }
        #expect(refusal?.description.contains("used by process \(getpid());") == true)
        #expect(await first.problem() == nil)
        await first.close()
        let second = try await SQLiteJournal.patient(path: path)
        #expect(await second.problem() == nil)
    }

    @Test("only the daemon's user can read the files")
    func permissions() async throws {
        let journal = try await SQLiteJournal.patient(path: directory.path + "/made/journal.sqlite")
        await journal.commit([Samples.record(.intent(try Samples.plan(5)))])
        for name in ["/made/journal.sqlite", "/made/journal.sqlite-wal", "/made/journal.sqlite.lock", "/made"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory.path + name)
            let permissions = try #require(attributes[.posixPermissions] as? NSNumber)
            #expect(permissions.intValue & 0o077 == 0, "\(name)")
        }
    }

    @Test("a file of a later version, or of another program, is refused and left as it is")
    func strangers() async throws {
        for statement in [
            "CREATE TABLE grdb_migrations (identifier TEXT PRIMARY KEY); INSERT INTO grdb_migrations VALUES ('2099')",
            "CREATE TABLE bookmark (url TEXT)",
        ] {
            let path = directory.path + "/\(statement.count).sqlite"
            try await DatabaseQueue(path: path).write { try $0.execute(sql: statement) }
            let former = try Data(contentsOf: URL(filePath: path))
            let refusal = await #expect(throws: JournalRefusal.self) { try await SQLiteJournal.patient(path: path) }
            #expect(refusal?.description.hasPrefix(path + ": ") == true)
            #expect(try Data(contentsOf: URL(filePath: path)) == former)
        }
    }

    @Test("a memory that cannot be read is told with its text, and the others are there")
    func unreadableMemory() async throws {
        let former = try await fill(path)
        try await DatabaseQueue(path: path).write {
            try $0.execute(sql: "UPDATE memory SET body = '{\"frozen\": 1}' WHERE scheme = 'scheme 2'")
        }
        let journal = try await SQLiteJournal.patient(path: path)
        #expect(await journal.state().memories.count == former.state.memories.count - 1)
        let entry = try #require(await journal.history(HistoryQuery(scheme: SchemeName("scheme 2"))).first)
        #expect(entry.text.contains("{\"frozen\": 1}"))
    }
}
