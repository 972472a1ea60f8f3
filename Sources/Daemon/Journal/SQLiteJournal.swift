import DNSModel
import Failover
import FoundationEssentials
import GRDB

/// The journal in a SQLite file.
///
/// What a start must know is also held in memory, so that it is read without the disk and can be written anew into another
/// file. Records are written in the order in which they came, all that wait in one transaction: schemes that change at the
/// same time share one wait for the disk.
package actor SQLiteJournal: Journal {
    package struct Limits: Sendable {
        /// How long a note may wait for others.
        package var gathering = Duration.seconds(1)
        /// How long a commit waits for the disk before it goes on without.
        package var patience = Duration.seconds(5)
        /// Between two attempts to write to a file that refuses.
        package var retryInterval = Duration.seconds(10)
        package var upkeepInterval = Duration.seconds(3600)
        /// Records of the history that are kept in memory while they cannot be written.
        package var capacity = 50_000

        package init() {}
    }

    let path: String
    let limits: Limits
    let retention: JournalRetention
    let clock: any Clock<Duration>
    let now: @Sendable () -> Date
    /// Told what a person should know about the journal itself.
    let report: @Sendable (JournalReport) async -> Void

    /// Nil: it could not be had yet.
    var lock: StoreLock?
    /// Nil: it could not be opened yet.
    var file: JournalFile?
    var current = JournalState()
    var backlog: JournalBacklog
    /// The file has missed some of the state.
    var lacksState = false
    /// Why the file is not written; nil when it is.
    var trouble: String?
    var retryAt = Date.distantPast

    private(set) var isClosed = false
    var isWriting = false
    var isGathering = false
    /// Commits that wait for the write that is under way, and for the next one.
    var writing: [CheckedContinuation<Durability, Never>] = []
    var waiting: [CheckedContinuation<Durability, Never>] = []

    /// Opens the file at `path`, or makes it. One that is damaged is set aside and a new one begun; one that cannot be used
    /// is done without until it can. Either is reported. Throws only when the journal must not be used: another daemon has
    /// it, or the file is not ours.
    package init(
        path: String, retention: JournalRetention = JournalRetention(), limits: Limits = Limits(),
        clock: any Clock<Duration> = ContinuousClock(), now: @escaping @Sendable () -> Date = { Date() },
        report: @escaping @Sendable (JournalReport) async -> Void = { _ in }
    ) async throws(JournalRefusal) {
        self.path = path
        self.retention = retention
        self.limits = limits
        backlog = JournalBacklog(capacity: limits.capacity)
        self.clock = clock
        self.now = now
        self.report = report
        try await begin()
    }

    /// What the journal at `path` has for those who start, without touching it or the daemon that uses it.
    package static func peek(_ path: String) -> JournalState? { JournalFile.peek(path)?.state }

    /// A journal that ends with the process.
    package init() throws {
        path = ":memory:"
        (retention, limits, clock) = (JournalRetention(), Limits(), ContinuousClock())
        backlog = JournalBacklog(capacity: limits.capacity)
        now = { Date() }
        report = { _ in }
        file = try JournalFile()
    }

    @discardableResult
    package func commit(_ records: [JournalRecord]) async -> Durability {
        accept(records)
        if let trouble, now() < retryAt { return .inMemory(trouble) }
        return await withCheckedContinuation { continuation in
            waiting.append(continuation)
            startWriting()
        }
    }

    package func note(_ record: JournalRecord) {
        accept([record])
        if backlog.count >= 1000 { startWriting() } else { gather() }
    }

    package func state() -> JournalState { current }

    package func problem() -> String? { trouble }

    /// Writes all that waits, if it can be written now.
    @discardableResult
    package func flush() async -> Durability { await commit([]) }

    /// Writes what waits, and gives the file and its lock back. What comes later is kept in memory only.
    package func close() async {
        await flush()
        file?.close()
        (file, lock, isClosed) = (nil, nil, true)
        (trouble, retryAt) = (trouble ?? "the journal \(path) is closed", .distantFuture)
    }

    private func accept(_ records: [JournalRecord]) {
        for record in records { current.take(record) }
        backlog.append(records)
        if trouble != nil { backlog.leaveState() }
        backlog.forgetExcess()
    }

}
