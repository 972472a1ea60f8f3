import DNSModel
import FoundationEssentials

/// A display that also hands the reports on, each second anew, so that who gets them need not watch the clock.
struct ReportingDisplay<Display: WatchDisplay>: WatchDisplay {
    private var display: Display
    private let report: ([PropagationReport]) -> Void
    private var latest: [PropagationReport] = []

    init(_ display: Display, report: @escaping ([PropagationReport]) -> Void) {
        self.display = display
        self.report = report
    }

    mutating func show(_ reports: [PropagationReport], changes: [ReportChange], at now: Date) throws {
        latest = reports
        report(reports)
        try display.show(reports, changes: changes, at: now)
    }

    mutating func refresh(at now: Date, isNewWindow: Bool) {
        if !latest.isEmpty { report(latest) }
        display.refresh(at: now, isNewWindow: isNewWindow)
    }

    func suspend() { display.suspend() }

    mutating func finish(_ reports: [PropagationReport], at now: Date) throws {
        report(reports)
        try display.finish(reports, at: now)
    }
}
