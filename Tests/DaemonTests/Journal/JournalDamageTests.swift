import DNSModel
import Failover
import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import Daemon

@Suite("A damaged file is set aside and said, and nothing stops")
struct JournalDamageTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/journal.sqlite" }
    private let reports = JournalReports()

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// What is done to a file that has 200 changes in it.
    enum Damage: String, CaseIterable {
        case randomOctets, wrongHeader, lostTables, lostState

        func apply(to path: String) throws {
            var octets = [UInt8](try Data(contentsOf: URL(filePath: path)))
            var generator = SplitMix(seed: 5)
            switch self {
            case .randomOctets: for index in octets.indices { octets[index] = .random(in: 0...255, using: &generator) }
            case .wrongHeader: for index in 0..<16 { octets[index] = 0x20 }
            case .lostTables: for index in 100..<4096 { octets[index] = 0xFF }
            case .lostState: octets.removeLast(octets.count - 3 * 4096)
            }
            try Data(octets).write(to: URL(filePath: path))
        }
    }

    /// A closed journal, all of it in one file.
    private func fill() async throws -> JournalState {
        let journal = try await SQLiteJournal.patient(path: path)
        for number in 1...200 {
            await journal.note(Samples.record(.intent(try Samples.plan(Int64(number)))))
            await journal.note(Samples.record(.outcome(ChangeNumber(Int64(number)), .vetoed("no"))))
        }
        await journal.commit([Samples.record(.memory(try Samples.memory()))])
        try await journal.file?.connections.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        return await journal.state()
    }

    private func setAside() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path).filter {
            $0.hasPrefix("journal.sqlite.damaged-") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm")
        }
    }

    @Test("when it is opened", arguments: Damage.allCases)
    func atStart(_ damage: Damage) async throws {
        _ = try await fill()
        try damage.apply(to: path)
        let damaged = try Data(contentsOf: URL(filePath: path))
        let journal = try await SQLiteJournal.patient(path: path, reports: reports)
        #expect(await journal.commit([Samples.record(.intent(try Samples.plan(201)))]) == .durable)
        #expect(await journal.problem() == nil)
        let names = try setAside()
        #expect(names.count == 1)
        #expect(try Data(contentsOf: URL(filePath: directory.path + "/" + names[0])) == damaged, "as it was found")
        #expect(await reports.problems.count == 1)
        #expect(await reports.problems.first?.contains(names[0]) == true)
        #expect(await journal.history(HistoryQuery(kinds: [.act])).count == 1, "the history says so, too")
    }

    @Test("what a start must know is taken over from a file that is damaged elsewhere")
    func salvage() async throws {
        let former = try await fill()
        let queue = try DatabaseQueue(path: path)
        let page = try await queue.read {
            try Int.fetchOne($0, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'change'") ?? 0
        }
        try queue.close()
        var octets = [UInt8](try Data(contentsOf: URL(filePath: path)))
        for index in (page - 1) * 4096..<page * 4096 { octets[index] = 0xAA }
        try Data(octets).write(to: URL(filePath: path))
        let journal = try await SQLiteJournal.patient(path: path, reports: reports)
        #expect(try setAside().count == 1)
        #expect(await journal.state() == former)
        #expect(await reports.problems.first?.contains("orders in force are kept") == true)
    }

    @Test("while it is used: what a start must know goes into the new file")
    func whileRunning() async throws {
        _ = try await fill()
        let journal = try await SQLiteJournal.patient(path: path, reports: reports)
        try Damage.randomOctets.apply(to: path)
        // A look at every page finds it.
        await journal.check()
        #expect(await journal.commit([Samples.record(.intent(try Samples.plan(201)))]) == .durable)
        #expect(try setAside().count == 1)
        #expect(await reports.problems.count == 1)
        let state = await journal.state()
        #expect(state.memories == [Samples.cat: try Samples.memory()] && state.lastChange == ChangeNumber(201))
        let file = try #require(await journal.file)
        #expect(try await file.connections.read { try $0.state().state } == state)
    }

    @Test("garbage in the log beside the file is no damage: what was committed before it is there")
    func garbageInLog() async throws {
        let former = try await fill()
        var generator = SplitMix(seed: 6)
        let garbage = (0..<50_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try Data(garbage).write(to: URL(filePath: path + "-wal"))
        let journal = try await SQLiteJournal.patient(path: path, reports: reports)
        #expect(await journal.state() == former)
        #expect(await journal.commit([Samples.record(.intent(try Samples.plan(201)))]) == .durable)
        #expect(await reports.all.isEmpty)
    }

    @Test("two damaged files of the same second are both kept")
    func twice() async throws {
        for _ in 0..<2 {
            try Data("this is no database".utf8).write(to: URL(filePath: path))
            let journal = try await SQLiteJournal.patient(path: path, reports: reports)
            await journal.close()
        }
        #expect(try setAside().count == 2)
    }
}
