import DNSModel
import FoundationEssentials
import Glibc

/// What a watch waits for.
enum WatchEvent: Sendable {
    case reports([PropagationReport])
    case second
    case signal(Int32)
    case failure(CommandFailure)
    /// The last report was the last.
    case end
}

/// Takes events as they come, and lets a display show them.
struct Watcher<Display: WatchDisplay> {
    private var display: Display
    private(set) var reports: [PropagationReport] = []

    init(_ display: Display) {
        self.display = display
    }

    /// Follows the events to their end, or to a signal that ends the watch, and leaves the last state on the display.
    mutating func follow(_ events: some AsyncSequence<WatchEvent, Never>, now: () -> Date = { Date() }) async throws {
        for await event in events {
            switch event {
            case .reports(let new): try show(new, at: now())
            case .second: display.refresh(at: now(), isNewWindow: false)
            case .signal(let signal):
                if Signals.ending.contains(signal) { return try display.finish(reports, at: now()) }
                if signal == SIGTSTP { display.suspend() } else { display.refresh(at: now(), isNewWindow: true) }
            case .failure(let failure):
                try display.finish(reports, at: now())
                throw failure
            case .end: return try display.finish(reports, at: now())
            }
        }
        try display.finish(reports, at: now())
    }

    private mutating func show(_ new: [PropagationReport], at now: Date) throws {
        let changes = new.flatMap { report in
            ReportChange.changes(
                from: reports.first { $0.name == report.name && $0.type == report.type }, to: report,
                namesType: new.count > 1)
        }
        reports = new
        try display.show(new, changes: changes, at: now)
    }
}
