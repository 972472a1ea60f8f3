import Daemon
import Failover
import FoundationEssentials

/// What a journal has said about itself.
actor JournalReports {
    private(set) var all: [JournalReport] = []

    func add(_ report: JournalReport) { all.append(report) }

    var problems: [String] { all.filter(\.isProblem).map(\.text) }
}

extension SQLiteJournal {
    /// A journal at the time of the samples, on a machine that may be very busy.
    static func patient(
        path: String, reports: JournalReports = JournalReports(), retention: JournalRetention = JournalRetention(),
        capacity: Int = 50_000, now: Date = Samples.start
    ) async throws -> SQLiteJournal {
        var limits = Limits()
        limits.retryInterval = .zero
        limits.patience = .seconds(300)
        limits.capacity = capacity
        return try await SQLiteJournal(
            path: path, retention: retention, limits: limits, now: { now }, report: { await reports.add($0) })
    }
}
