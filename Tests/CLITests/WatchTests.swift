import DNSModel
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import CLI

@Suite("A watch shows what comes, and what it shows last is the last state")
struct WatchTests {
    /// Notes what it was told.
    private struct Notebook: WatchDisplay {
        final class Pages {
            var lines: [String] = []
        }

        let pages = Pages()

        func show(_ reports: [PropagationReport], changes: [ReportChange], at now: Date) {
            pages.lines.append("show \(reports.map(\.status.rawValue)) \(changes.map { "\($0.subject) \($0.text)" })")
        }

        func refresh(at now: Date, isNewWindow: Bool) { pages.lines.append(isNewWindow ? "redraw" : "second") }

        func finish(_ reports: [PropagationReport], at now: Date) {
            pages.lines.append("finish \(reports.map(\.status.rawValue))")
        }
    }

    private static func follow(_ events: [WatchEvent]) async throws -> (lines: [String], reports: [PropagationReport]) {
        let notebook = Notebook()
        var watcher = Watcher(notebook)
        let stream = AsyncStream { continuation in
            for event in events { continuation.yield(event) }
            continuation.finish()
        }
        try await watcher.follow(stream, now: { SampleReport.start })
        return (notebook.pages.lines, watcher.reports)
    }

    private static let before = SampleReport.converging().report
    private static var after: PropagationReport {
        var sample = SampleReport.converged(resolvers: 11)
        sample.addResolver("OpenDNS", .values(["192.0.2.2"], ttl: 300), country: "US")
        sample.addResolver("Quad9", .values(["192.0.2.2"], ttl: 300))
        sample.addResolver("Silent One", .silence, country: nil)
        return sample.report
    }

    @Test("Only what differs is a change")
    func changes() async throws {
        let (lines, _) = try await Self.follow([
            .reports([Self.before]), .second, .reports([Self.before]), .reports([Self.after]), .end,
        ])
        #expect(
            Array(lines.dropFirst()) == [
                "second", "show [\"WARNING\"] []",
                "show [\"OK\"] [\"OpenDNS stale to converged: 192.0.2.2\", \"Quad9 stale to converged: 192.0.2.2\", "
                    + "\"cat.he.okerr.example A OK: 13/13 operators, 1 timeout\"]",
                "finish [\"OK\"]",
            ])
    }

    @Test("A signal ends it with the state it has", arguments: [SIGINT, SIGTERM, SIGHUP])
    func signal(_ signal: Int32) async throws {
        let (lines, reports) = try await Self.follow([
            .reports([Self.before]), .signal(SIGWINCH), .signal(signal), .reports([Self.after]),
        ])
        #expect(Array(lines.dropFirst()) == ["redraw", "finish [\"WARNING\"]"])
        #expect(reports.map(\.status) == [.warning])
    }

    @Test("What fails ends it, but not without the last state")
    func failure() async throws {
        await #expect(throws: CommandFailure.self) {
            try await Self.follow([.reports([Self.before]), .failure(CommandFailure("no network"))])
        }
    }

    @Test("Nothing is OK while answers are awaited")
    func settled() {
        let report = SampleReport.held().pending.report
        #expect(report.pending == 5 && report.reasons.isEmpty)
        var style = ReportStyle()
        #expect(ReportText(report, style: style).lines[0].hasPrefix("UNKNOWN"))
        style.now = SampleReport.start
        #expect(ReportText(report, style: style).lines[0].hasPrefix("LOOKING"))
        #expect(report.status == .unknown)
        #expect(Self.after.status == .ok)
    }

    @Test("The log is as its golden file says")
    func log() throws {
        let changes =
            ReportChange.changes(from: nil, to: Self.before)
            + ReportChange.changes(from: Self.before, to: Self.after)
            + ReportChange.changes(from: Self.after, to: SampleReport.held().report)
            + ReportChange.changes(from: nil, to: SampleReport.hostile().report)
        let text = changes.map { $0.line(ReportStyle(), reference: $0.time).rendered(colour: false) + "\n" }.joined()
        #expect(try Golden().difference(text, from: "watch.log") == nil)
    }

    @Test("The screen is as its golden file says, and fits", arguments: [24, 40, 60])
    func screen(rows: Int) throws {
        var style = ReportStyle()
        style.now = SampleReport.start.addingTimeInterval(62)
        let changes = ReportChange.changes(from: nil, to: Self.before)
        let lines = WatchText([Self.before], changes: changes, style: style).lines(rows: rows)
        #expect(lines.count <= rows)
        let difference = try Golden().difference(lines.map { $0 + "\n" }.joined(), from: "watch-screen-\(rows).txt")
        #expect(difference == nil)
    }
}

@Suite("Only what differs is written to a screen")
struct ScreenUpdateTests {
    @Test("After each update the screen shows the new lines")
    func replay() {
        let states = [
            ["a", "b", "c"], ["a", "B", "c"], ["a"], ["a", "b", "", "d"], [], ["x"],
        ]
        var screen = Screen()
        var shown: [String]?
        for state in states {
            screen.take(ScreenUpdate(from: shown, to: state).output)
            shown = state
            #expect(screen.rows == state.reversed().drop(while: \.isEmpty).reversed())
        }
    }

    @Test("What is the same costs nothing")
    func nothing() {
        #expect(ScreenUpdate(from: ["a", "b"], to: ["a", "b"]).output.isEmpty)
        #expect(!ScreenUpdate(from: ["a", "b"], to: ["a", "c"]).output.contains("a"))
    }

    /// As much of a terminal as the updates use: clearing, moving to the start of a row, erasing to its end.
    private struct Screen {
        private var lines: [Int: String] = [:]

        var rows: [String] {
            let last = lines.filter { !$0.value.isEmpty }.keys.max() ?? 0
            return last == 0 ? [] : (1...last).map { lines[$0] ?? "" }
        }

        mutating func take(_ output: String) {
            var row = 1
            for part in output.split(separator: "\u{1B}[", omittingEmptySubsequences: true) {
                if part.hasPrefix("2J") {
                    lines = [:]
                } else if part.hasPrefix("K") {
                    lines[row] = String(part.dropFirst())
                } else if let end = part.firstIndex(of: "H"), let number = part[..<end].split(separator: ";").first {
                    row = Int(number) ?? 0
                }
            }
        }
    }
}
