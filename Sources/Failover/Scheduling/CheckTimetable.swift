import DNSModel
import Wire

/// When each check is due. Times are nanoseconds since the start of whoever keeps the clock.
struct CheckTimetable {
    struct Turn {
        let slot: Int
        let check: ScheduledCheck
        /// Tells a check from the one that has taken its place meanwhile.
        let edition: Int
        let lateness: Duration
    }

    private struct Entry {
        var check: ScheduledCheck
        var edition = 0
        var due: UInt64
        var lastStart: UInt64?
        var isRunning = false
        /// Wanted at once when the one that runs has ended.
        var isKicked = false
        /// No longer wanted; it stays only until the one that runs has ended.
        var isRemoved = false
    }

    private var entries: [Entry?] = []
    private var free: [Int] = []
    private var slots: [CheckID: Int] = [:]
    private var heap = TimerHeap(slots: 0)

    /// The first turns of all checks are spread over that, or over their interval when it is shorter.
    private static let longestSpread = Duration.seconds(10)
    /// However often somebody kicks.
    private static let shortestPause = Duration.seconds(1)

    var count: Int { slots.count }
    var next: UInt64? { heap.next }

    /// Takes these checks instead of those before. One that was there keeps its turn when its interval is the same.
    mutating func replace(with checks: [ScheduledCheck], at now: UInt64) {
        var wanted: [CheckID: ScheduledCheck] = [:]
        // A canary of all schemes comes with each of them.
        for check in checks where wanted[check.id] == nil { wanted[check.id] = check }
        for (id, slot) in slots where wanted[id] == nil { remove(id, slot) }
        for (id, check) in wanted {
            guard let slot = slots[id], var entry = entries[slot] else {
                add(check, at: now)
                continue
            }
            let isSameInterval = entry.check.interval == check.interval
            entry.check = check
            entry.edition += 1
            entries[slot] = entry
            if !isSameInterval, !entry.isRunning { setDue(slot, now + Self.phase(of: check)) }
        }
    }

    private mutating func add(_ check: ScheduledCheck, at now: UInt64) {
        let slot = free.popLast() ?? entries.count
        if slot == entries.count { entries.append(nil) }
        slots[check.id] = slot
        entries[slot] = Entry(check: check, due: now)
        setDue(slot, now + Self.phase(of: check))
    }

    private mutating func remove(_ id: CheckID, _ slot: Int) {
        slots[id] = nil
        heap.clear(slot)
        if entries[slot]?.isRunning == true {
            entries[slot]?.isRemoved = true
        } else {
            release(slot)
        }
    }

    private mutating func release(_ slot: Int) {
        entries[slot] = nil
        free.append(slot)
    }

    private mutating func setDue(_ slot: Int, _ time: UInt64) {
        entries[slot]?.due = time
        heap.set(slot, to: time)
    }

    /// Takes the check that is due longest; it has no other turn until it has finished.
    mutating func takeDue(at now: UInt64) -> Turn? {
        guard let slot = heap.popDue(at: now), var entry = entries[slot] else { return nil }
        entry.isRunning = true
        entry.isKicked = false
        entry.lastStart = now
        entries[slot] = entry
        let lateness = Duration.nanoseconds(Int64(clamping: now - min(now, entry.due)))
        return Turn(slot: slot, check: entry.check, edition: entry.edition, lateness: lateness)
    }

    /// Whether the check that has just said something is still wanted.
    func isCurrent(_ turn: Turn) -> Bool {
        guard let entry = entries[turn.slot] else { return false }
        return !entry.isRemoved && entry.edition == turn.edition
    }

    mutating func finish(_ turn: Turn, at now: UInt64) {
        guard var entry = entries[turn.slot], entry.isRunning else { return }
        guard !entry.isRemoved else { return release(turn.slot) }
        entry.isRunning = false
        entries[turn.slot] = entry
        if entry.isKicked {
            setDue(turn.slot, max(now, Self.earliest(entry)))
        } else {
            setDue(turn.slot, Self.nextTurn(of: entry, after: now))
        }
    }

    /// Wants a check at once; false when there is none of that name.
    mutating func kick(_ id: CheckID, at now: UInt64) -> Bool {
        guard let slot = slots[id], let entry = entries[slot] else { return false }
        if entry.isRunning {
            entries[slot]?.isKicked = true
        } else {
            setDue(slot, min(entry.due, max(now, Self.earliest(entry))))
        }
        return true
    }

    private static func earliest(_ entry: Entry) -> UInt64 {
        let pause = min(shortestPause, entry.check.interval / 2)
        return entry.lastStart.map { $0 + pause.nanoseconds } ?? 0
    }

    /// The next time of the check's own rhythm. What was missed is not made up for.
    private static func nextTurn(of entry: Entry, after now: UInt64) -> UInt64 {
        let interval = max(1, entry.check.interval.nanoseconds)
        let missed = now > entry.due ? (now - entry.due) / interval : 0
        return entry.due + (missed + 1) * interval
    }

    /// The same for a name each time, and different for different ones.
    private static func phase(of check: ScheduledCheck) -> UInt64 {
        let spread = min(check.interval, longestSpread).nanoseconds
        let hash = check.id.description.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        // FNV's low bits are its best, save for the lowest of all (draft-eastlake-fnv).
        return spread == 0 ? 0 : (hash ^ hash >> 32) % spread
    }
}

extension Duration {
    /// Whole nanoseconds; zero for a negative time.
    fileprivate var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        return UInt64(max(0, seconds)) &* 1_000_000_000 &+ UInt64(max(0, attoseconds)) / 1_000_000_000
    }
}
