import DNSModel
import Daemon
import Failover
import Glibc
import TestSupport
import Testing

@Suite("A journal's process may end at any time, and its disk may refuse at any time", .serialized)
struct JournalProcessTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/journal.sqlite" }

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test("killed twenty times while it writes, the file opens each time and has every intent that was acknowledged")
    func killed() async throws {
        var generator = SplitMix(seed: 20)
        var acknowledged: Int64 = 0
        for _ in 1...20 {
            let writer = try JournalProcess(path: path)
            #expect(writer.process.readLine()?.hasPrefix("open ") == true)
            writer.process.write(Array("loop\n".utf8))
            for _ in 0...Int.random(in: 0...40, using: &generator) {
                acknowledged = changeNumber(writer.process.readLine()) ?? acknowledged
            }
            writer.process.signal(SIGKILL)
            while let line = writer.process.readLine() { acknowledged = changeNumber(line) ?? acknowledged }
            writer.process.stop()

            let reports = JournalReports()
            let journal = try await SQLiteJournal.patient(path: path, reports: reports)
            let state = await journal.state()
            let numbers = await journal.changes(of: nil, limit: 10_000).map(\.plan.number.value)
            // At most one more was written than anybody was told of.
            #expect((acknowledged...acknowledged + 1).contains(state.lastChange.value))
            #expect(numbers == Array((1...state.lastChange.value).reversed()))
            #expect(state.openIntents.values.map(\.number) == [state.lastChange])
            #expect(await reports.all.isEmpty)
            await journal.close()
        }
        #expect(acknowledged >= 20)
    }

    @Test(
        "a disk that is really full is said, and written again when there is room",
        .enabled(if: JournalProcess.canMount, "needs user and mount namespaces"))
    func fullDisk() throws {
        let writer = try JournalProcess(path: path, on: directory.path, size: 600)
        #expect(writer.process.readLine() == "open 0 ")
        #expect(writer.tell("sh head -c 300000 /dev/zero > \(directory.path)/ballast") == "status 0")
        let full = try #require(writer.commit(until: "memory"))
        #expect(full.contains("the disk is full; make room"))
        let last = try #require(changeNumber(writer.tell("commit")))
        #expect(writer.tell("commit")?.hasPrefix("memory \(last + 1) ") == true)
        #expect(writer.tell("sh rm \(directory.path)/ballast") == "status 0")
        #expect(writer.tell("commit") == "durable \(last + 2)")
    }

    @Test(
        "a daemon that starts where nothing can be written knows the orders in force, and writes when it can",
        .enabled(if: JournalProcess.canMount, "needs user and mount namespaces"),
        arguments: [
            ("the disk is full", "head -c 9000000 /dev/zero > DIR/ballast 2>/dev/null; true", "rm DIR/ballast"),
            ("let the daemon's user write", "mount -o remount,ro DIR", "mount -o remount,rw DIR"),
        ])
    func startWithoutWriting(_ complaint: String, _ hinder: String, _ allow: String) throws {
        let writer = try JournalProcess(path: path, on: directory.path, size: 600)
        #expect(writer.process.readLine() == "open 0 ")
        for number in 1...3 { #expect(writer.tell("commit") == "durable \(number)") }
        #expect(writer.tell("close") == "closed")
        #expect(writer.tell("sh " + hinder.replacing("DIR", with: directory.path)) == "status 0")
        let opened = try #require(writer.tell("open"))
        #expect(opened.hasPrefix("open 3 the journal \(path) "))
        #expect(opened.contains(complaint))
        #expect(writer.tell("commit")?.hasPrefix("memory 4 ") == true)
        #expect(writer.tell("sh " + allow.replacing("DIR", with: directory.path)) == "status 0")
        #expect(writer.tell("commit") == "durable 5")
    }
}
