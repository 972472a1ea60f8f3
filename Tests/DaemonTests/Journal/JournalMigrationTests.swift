import DNSModel
import Failover
import GRDB
import TestSupport
import Testing

@testable import Daemon

@Suite("Files of earlier versions are brought up to date")
struct JournalMigrationTests {
    @Test(
        "each version's file, with a memory and a change in it, is read by this one", arguments: JournalSchema.versions)
    func migrate(from version: String) async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/journal.sqlite"
        let memory = try FailoverJSON.text(of: try Samples.memory())
        let plan = try FailoverJSON.text(of: try Samples.plan(7))
        let queue = try DatabaseQueue(path: path)
        try JournalSchema.migrator.migrate(queue, upTo: version)
        try await queue.write { database in
            try database.execute(
                sql: "INSERT INTO memory (scheme, at, body) VALUES ('cat', 0, ?)", arguments: [memory])
            try database.execute(
                sql: """
                    INSERT INTO change (number, scheme, decided_at, plan, is_open, is_answered)
                    VALUES (7, 'cat', 0, ?, TRUE, FALSE)
                    """, arguments: [plan])
            try database.execute(sql: "UPDATE last_change SET number = 7")
        }
        try queue.close()
        let journal = try await SQLiteJournal.patient(path: path)
        let state = await journal.state()
        #expect(state.memories == [Samples.cat: try Samples.memory()])
        #expect(state.openIntents == [Samples.cat: try Samples.plan(7)])
        #expect(state.lastChange == ChangeNumber(7))
        #expect(await journal.commit([Samples.record(.act(who: "test", what: "write"))]) == .durable)
    }
}
