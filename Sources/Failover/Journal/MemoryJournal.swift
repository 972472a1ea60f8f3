import DNSModel
import FoundationEssentials

/// A journal that ends with the process: for changes that are made without a daemon, and for practice.
package actor MemoryJournal: Journal {
    private var current = JournalState()
    /// Those of the history, the oldest first.
    private var recent: [JournalRecord] = []
    /// The oldest first.
    private var changes: [ChangeRecord] = []
    private let capacity: Int

    /// Keeps the last `capacity` records and changes, or somewhat more.
    package init(capacity: Int = 20_000) {
        self.capacity = capacity
    }

    @discardableResult
    package func commit(_ records: [JournalRecord]) -> Durability {
        for record in records { take(record) }
        recent.removeOldest(beyond: capacity)
        changes.removeOldest(beyond: capacity)
        return .durable
    }

    package func note(_ record: JournalRecord) { commit([record]) }

    package func state() -> JournalState { current }

    package func records(_ query: HistoryQuery) -> [JournalRecord] {
        Array(recent.reversed().lazy.filter(query.includes).prefix(query.limit))
    }

    package func changes(of scheme: SchemeName?, limit: Int) -> [ChangeRecord] {
        Array(changes.reversed().lazy.filter { scheme == nil || $0.plan.scheme == scheme }.prefix(limit))
    }

    package func lastReply(of scheme: SchemeName) -> ChangeRecord? {
        changes.last { $0.plan.scheme == scheme && $0.isAnswered }
    }

    package func problem() -> String? { nil }

    private func take(_ record: JournalRecord) {
        current.take(record)
        if record.event.kind != nil { recent.append(record) }
        changes.take(record)
    }
}

extension [ChangeRecord] {
    /// Takes in what a record says of one of these, the latest of which come last, or of a new one.
    package mutating func take(_ record: JournalRecord) {
        guard let number = record.event.change else { return }
        if let index = lastIndex(where: { $0.plan.number == number }) {
            self[index].take(record.event, at: record.at)
        } else if case .intent(let plan) = record.event {
            append(ChangeRecord(plan: plan))
        }
    }
}

extension Array {
    /// Keeps the last `limit` elements or somewhat more: each removal moves all that are kept, so they are made rare.
    mutating func removeOldest(beyond limit: Int) {
        if count > limit + limit / 4 { removeFirst(count - limit) }
    }
}
