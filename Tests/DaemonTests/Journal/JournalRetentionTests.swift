import DNSModel
import Failover
import FoundationEssentials
import GRDB
import GRDBSQLite
import TestSupport
import Testing

@testable import Daemon

@Suite("The past is bounded; what a start must know is not the past")
struct JournalRetentionTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/journal.sqlite" }

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// 30 changes of three schemes, the last of each still open, and 3,000 notes, one a second.
    private func fill(_ retention: JournalRetention) async throws -> SQLiteJournal {
        let end = Samples.start.addingTimeInterval(3000)
        let journal = try await SQLiteJournal.patient(path: path, retention: retention, now: end)
        for number in 1...30 {
            let scheme = SchemeName("scheme \(number % 3)")
            await journal.note(Samples.record(.intent(try Samples.plan(Int64(number), of: scheme)), of: scheme))
            guard number <= 27 else { continue }
            let arrival = Convergence(arrivals: ["Quad9": .seconds(1)])
            await journal.note(Samples.record(.convergence(ChangeNumber(Int64(number)), arrival), of: scheme))
            await journal.note(Samples.record(.outcome(ChangeNumber(Int64(number)), .vetoed("no")), of: scheme))
        }
        await journal.note(Samples.record(.memory(try Samples.memory())))
        await journal.note(Samples.record(.schemeStored(Samples.storedScheme())))
        for second in 1...3000 {
            await journal.note(Samples.record(.act(who: "test", what: "\(second)"), after: Double(second)))
        }
        await journal.flush()
        return journal
    }

    typealias Row = Case<(seconds: Int, events: Int, changes: Int), (notes: Int, changes: Int)>

    static let rows: [Row] = [
        Row("nothing is old or too much", (10_000, 10_000, 100), (3000, 30)),
        Row("old", (1000, 10_000, 100), (1001, 3)),
        Row("too many records", (10_000, 500, 100), (500, 30)),
        Row("too many changes", (10_000, 10_000, 5), (3000, 5)),
        Row("nothing is wanted", (0, 0, 0), (0, 3)),
    ]

    @Test(arguments: rows)
    func forget(_ row: Row) async throws {
        var retention = JournalRetention()
        (retention.age, retention.events, retention.changes) = (.seconds(row.input.0), row.input.1, row.input.2)
        let journal = try await fill(retention)
        let state = await journal.state()
        await journal.prune()
        #expect(
            await journal.records(HistoryQuery(scheme: Samples.cat, kinds: [.act], limit: 9999)).count == row.output.0)
        #expect(await journal.changes(of: nil, limit: 100).count == row.output.1)
        let file = try #require(await journal.file)
        let (stored, orphans) = try await file.connections.read { database in
            (
                try database.state().state,
                try Int.fetchOne(
                    database, sql: "SELECT count(*) FROM arrival WHERE change NOT IN (SELECT number FROM change)")
            )
        }
        #expect(stored == state)
        #expect(orphans == 0)
    }

    @Test("numbers of changes do not return when the changes are forgotten")
    func numbers() async throws {
        let journal = try await fill(JournalRetention())
        let scheme = SchemeName("scheme 0")
        await journal.commit([Samples.record(.schemeRemoved(who: "root"), of: scheme)])
        try await journal.file?.connections.write { try $0.execute(sql: "DELETE FROM change") }
        await journal.close()
        let again = try await SQLiteJournal.patient(path: path)
        #expect(await again.state().lastChange == ChangeNumber(30))
    }

    @Test("a million records of the history are not looked at when a journal is opened")
    func million() async throws {
        await (try fill(JournalRetention())).close()
        let queue = try DatabaseQueue(path: path)
        let few = try await pagesOfState(queue)
        try await queue.write { database in
            try database.execute(
                sql: """
                    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 1000000)
                    INSERT INTO event (at, scheme, kind, body) SELECT n, 'cat', 'act', '{}' FROM number
                    """)
        }
        let all = try await queue.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
        #expect(all > 10_000)
        #expect(try await pagesOfState(queue) < few + 20)
        try queue.close()
        let journal = try await SQLiteJournal.patient(path: path)
        #expect(await journal.state().openIntents.count == 3)
    }

    /// How many pages SQLite reads for what a start must know, with a cache that was empty.
    private func pagesOfState(_ queue: DatabaseQueue) async throws -> Int {
        try await queue.write { database in
            try database.execute(sql: "PRAGMA shrink_memory")
            let before = database.cacheMisses
            _ = try database.state()
            return database.cacheMisses - before
        }
    }
}

extension Database {
    fileprivate var cacheMisses: Int {
        var (current, highest): (Int32, Int32) = (0, 0)
        sqlite3_db_status(sqliteConnection, SQLITE_DBSTATUS_CACHE_MISS, &current, &highest, 0)
        return Int(current)
    }
}
