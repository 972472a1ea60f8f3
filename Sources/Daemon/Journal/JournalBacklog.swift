import Failover

/// What was given to the journal and is not in its file yet, the oldest first.
struct JournalBacklog {
    /// Records that were given together, and are written together.
    struct Group {
        var records: [JournalRecord]
        /// What the records mean for a start is written otherwise; only the history is still to be written.
        var isHistoryOnly = false
    }

    private(set) var groups: [Group] = []
    private(set) var count = 0
    /// Records that had to be forgotten because nothing could be written for too long.
    private(set) var lost = 0
    /// Counts the times at which groups left; whoever reads beside a writer tells by it whether something has moved.
    private(set) var departures = 0

    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    var isEmpty: Bool { groups.isEmpty }

    /// The oldest first.
    var records: [JournalRecord] { groups.flatMap(\.records) }

    mutating func append(_ records: [JournalRecord]) {
        guard !records.isEmpty else { return }
        groups.append(Group(records: records))
        count += records.count
    }

    /// From now on, the groups that wait are for the history alone: the state as a whole will be written before them.
    mutating func leaveState() {
        for index in groups.indices { groups[index].isHistoryOnly = true }
    }

    /// Forgets the oldest groups beyond the capacity. Their part of the state must be written otherwise.
    mutating func forgetExcess() {
        // A quarter at a time: each removal moves all that stay.
        guard count > capacity else { return }
        var excess = 0
        var size = 0
        while excess < groups.count, count - size > capacity * 3 / 4 {
            size += groups[excess].records.count
            excess += 1
        }
        lost += size
        remove(excess)
    }

    /// The oldest groups, about `limit` records.
    func first(_ limit: Int) -> [Group] {
        var size = 0
        return Array(
            groups.prefix { group in
                defer { size += group.records.count }
                return size < limit
            })
    }

    /// They are in the file now.
    mutating func remove(_ number: Int) {
        count -= groups.prefix(number).reduce(0) { $0 + $1.records.count }
        groups.removeFirst(number)
        departures += 1
    }

    mutating func forgiveLosses() { lost = 0 }
}
