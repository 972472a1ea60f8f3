import DNSModel

/// What outlives the process: what was decided, done, seen and ordered.
///
/// No call throws: a journal that cannot write says so in `problem`, keeps what it can in memory, and never keeps those who
/// use it from watching and changing records.
package protocol Journal: Sendable {
    /// Returns once the records would survive the end of the process and of the machine, behind all that were noted
    /// before; or, when they cannot be written, once that is known. Records that are given together are kept together or
    /// not at all. A provider is called only after its intent was committed.
    @discardableResult
    func commit(_ records: [JournalRecord]) async -> Durability

    /// Takes a record that nothing depends on, without waiting for the disk.
    func note(_ record: JournalRecord) async

    /// What whoever starts must know. All that was committed or noted before is in it.
    func state() async -> JournalState

    /// What has happened, the latest first.
    func records(_ query: HistoryQuery) async -> [JournalRecord]

    /// The changes of a scheme, or of all of them, with what became of them, the latest first.
    func changes(of scheme: SchemeName?, limit: Int) async -> [ChangeRecord]

    /// The scheme's last change to which its provider said something; nil when there is none.
    func lastReply(of scheme: SchemeName) async -> ChangeRecord?

    /// Why nothing is written where it survives, and what to do; nil when all is well.
    func problem() async -> String?
}

extension Journal {
    /// What has happened, for people, the latest first.
    package func history(_ query: HistoryQuery) async -> [HistoryEntry] {
        await records(query).compactMap(HistoryEntry.init)
    }
}

/// Whether a committed record outlives the process.
package enum Durability: Hashable, Sendable {
    case durable
    /// It is kept until the process ends, and written as soon as that is possible; why it is not yet.
    case inMemory(String)
}
