import DNSModel
import Failover
import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import Daemon

@Suite("A disk that refuses is said once, and nothing stops")
struct JournalDiskTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/journal.sqlite" }
    private let reports = JournalReports()

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// From then on SQLite reports a full disk when the file would need more pages.
    private func limit(_ journal: SQLiteJournal, pages: Int) async throws {
        try await journal.file?.connections.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
    }

    @Test("what happens while the disk is full is kept, and written in its order when there is room")
    func full() async throws {
        let journal = try await SQLiteJournal.patient(path: path, reports: reports)
        try await limit(journal, pages: 1)
        let long = String(repeating: "x", count: 20_000)
        for number in 1...3 {
            let durability = await journal.commit([
                Samples.record(.intent(try Samples.plan(Int64(number)))),
                Samples.record(.memory(try Samples.memory(why: "\(number) \(long)"))),
                Samples.record(.act(who: "test", what: "\(number) \(long)")),
            ])
            #expect(durability != .durable)
        }
        #expect(await reports.problems.count == 1)
        #expect(await journal.problem()?.contains("the disk is full") == true)
        let state = await journal.state()
        #expect(state.lastChange == ChangeNumber(3))
        #expect(await journal.history(HistoryQuery(kinds: [.act])).map { $0.text.first } == ["3", "2", "1"])
        #expect(await journal.changes(of: Samples.cat, limit: 9).map(\.plan.number.value) == [3, 2, 1])

        try await limit(journal, pages: 1_000_000)
        #expect(await journal.commit([Samples.record(.act(who: "test", what: "room again"))]) == .durable)
        #expect(await journal.problem() == nil)
        #expect(await reports.all.map(\.isProblem) == [true, false])
        let file = try #require(await journal.file)
        let written = try await file.connections.read { database in
            (
                state: try database.state().state, acts: try database.records(HistoryQuery(kinds: [.act])),
                changes: try database.changes(of: Samples.cat, limit: 9)
            )
        }
        #expect(written.state == state)
        #expect(written.acts.map(\.event.summary.first) == ["r", "3", "2", "1"])
        #expect(written.changes.map(\.plan.number.value) == [3, 2, 1])
    }

    @Test("when too much waits, the oldest of the history is forgotten and said, never what a start must know")
    func tooMuch() async throws {
        let journal = try await SQLiteJournal.patient(path: path, reports: reports, capacity: 1000)
        try await limit(journal, pages: 1)
        await journal.commit([Samples.record(.memory(try Samples.memory()))])
        await journal.commit([Samples.record(.intent(try Samples.plan(1)))])
        for number in 1...3000 { await journal.note(Samples.record(.act(who: "test", what: "\(number)"))) }
        try await limit(journal, pages: 1_000_000)
        await journal.flush()
        #expect(await reports.all.last?.text.contains("but for the oldest") == true)
        let acts = await journal.history(HistoryQuery(kinds: [.act], limit: 9999)).compactMap { Int($0.text) }
        #expect(acts == Array((3001 - acts.count...3000).reversed()), "the latest, without a gap")
        #expect((700...1000).contains(acts.count))
        let file = try #require(await journal.file)
        let stored = try await file.connections.read { try $0.state().state }
        #expect(await journal.state() == stored)
        #expect(stored.openIntents.count == 1 && stored.memories.count == 1)
    }

    @Test("a path that cannot be a file is done without")
    func impossiblePath() async throws {
        try directory.write("", to: "file")
        let journal = try await SQLiteJournal.patient(path: directory.path + "/file/journal.sqlite", reports: reports)
        #expect(await journal.commit([Samples.record(.intent(try Samples.plan(1)))]) != .durable)
        #expect(await journal.state().lastChange == ChangeNumber(1))
        #expect(await reports.problems.count == 1)
        #expect(await reports.problems.first?.contains("Not a directory") == true)
    }

    @Test("a file that appears later is taken over, and what happened before goes into it")
    func later() async throws {
        try directory.write("", to: "data")
        let path = directory.path + "/data/journal.sqlite"
        let journal = try await SQLiteJournal.patient(path: path, reports: reports)
        await journal.commit([Samples.record(.intent(try Samples.plan(1)))])
        try FileManager.default.removeItem(atPath: directory.path + "/data")
        #expect(await journal.commit([Samples.record(.memory(try Samples.memory()))]) == .durable)
        let state = await journal.state()
        let file = try #require(await journal.file)
        #expect(try await file.connections.read { try $0.state().state } == state)
        #expect(await journal.records(HistoryQuery()).count == 1)
    }

    @Test("nobody waits longer than the patience for a disk that does not answer, and it is used again when it does")
    func silentDisk() async throws {
        var limits = SQLiteJournal.Limits()
        limits.patience = .milliseconds(20)
        let (told, teller) = AsyncStream.makeStream(of: JournalReport.self)
        let journal = try await SQLiteJournal(path: path, limits: limits, report: { teller.yield($0) })
        var reports = told.makeAsyncIterator()
        // Another program's transaction keeps a write waiting, as a disk does that hangs.
        var configuration = GRDB.Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let intent = Samples.record(.intent(try Samples.plan(1)))
        #expect(await journal.commit([intent]) != .durable)
        #expect(await reports.next()?.text.contains("the disk has not answered") == true)
        #expect(await journal.commit([Samples.record(.memory(try Samples.memory()))]) != .durable, "at once")
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(await reports.next()?.isProblem == false)
        let file = try #require(await journal.file)
        let stored = try await file.connections.read { try $0.state().state }
        #expect(await journal.state() == stored)
        #expect(await journal.records(HistoryQuery()) == [intent])
    }
}
