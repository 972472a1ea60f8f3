import Logging
import TestSupport
import Testing

@testable import Daemon

@Suite("Log lines carry what their reader lacks")
struct ServiceLogTests {
    static let rows: [Case<(Bool, Logger.Level, String, Logger.Metadata), String>] = [
        Case("journald gets a priority", (true, .error, "no route", [:]), "<3>no route"),
        Case(
            "a scheme comes first", (true, .notice, "echo is selected", ["scheme": "cat"]), "<5>cat: echo is selected"),
        Case("the rest comes last", (true, .info, "done", ["b": "2", "a": "1"]), "<6>done a=1 b=2"),
        Case("no server writes lines of ours", (true, .warning, "said x\n<0>fire", [:]), "<4>said x\\u{A}<0>fire"),
    ]

    @Test(arguments: rows)
    func line(_ row: Case<(Bool, Logger.Level, String, Logger.Metadata), String>) {
        let (isJournal, level, message, metadata) = row.input
        let log = ServiceLog(isJournal: isJournal)
        #expect(log.line(level, message, metadata: metadata, time: 0) == row.output)
    }

    @Test("people get time and level")
    func people() {
        let line = ServiceLog(isJournal: false).line(.error, "no route", metadata: [:], time: 0)
        #expect(line.hasSuffix(" ERROR no route"))
        #expect(line.hasPrefix("19"))
    }
}
