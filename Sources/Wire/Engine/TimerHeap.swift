/// When slots are due, soonest first; each slot has at most one time, in nanoseconds of the monotonic clock.
package struct TimerHeap: Sendable {
    private struct Entry {
        var time: UInt64
        var slot: Int32
    }

    private var heap: [Entry] = []
    /// Where each slot stands in the heap, or -1.
    private var positions: [Int32]

    package init(slots: Int) {
        positions = Array(repeating: -1, count: slots)
    }

    /// When the next slot is due.
    package var next: UInt64? { heap.first?.time }

    package mutating func set(_ slot: Int, to time: UInt64) {
        if slot >= positions.count {
            positions.append(contentsOf: repeatElement(-1, count: max(slot + 1 - positions.count, positions.count)))
        }
        let entry = Entry(time: time, slot: Int32(slot))
        let position = Int(positions[slot])
        if position < 0 {
            heap.append(entry)
            moveUp(entry, from: heap.count - 1)
        } else {
            place(entry, at: position)
        }
    }

    package mutating func clear(_ slot: Int) {
        guard slot < positions.count else { return }
        let position = Int(positions[slot])
        guard position >= 0 else { return }
        positions[slot] = -1
        let last = heap.removeLast()
        if position < heap.count { place(last, at: position) }
    }

    /// Takes the slot that is due longest; nil when none is due at `now`.
    package mutating func popDue(at now: UInt64) -> Int? {
        guard let first = heap.first, first.time <= now else { return nil }
        clear(Int(first.slot))
        return Int(first.slot)
    }

    /// Puts `entry` at `position`, or where the heap's order wants it instead.
    private mutating func place(_ entry: Entry, at position: Int) {
        if position > 0, heap[(position - 1) / 2].time > entry.time {
            moveUp(entry, from: position)
        } else {
            moveDown(entry, from: position)
        }
    }

    private mutating func moveUp(_ entry: Entry, from start: Int) {
        var position = start
        while position > 0 {
            let parent = (position - 1) / 2
            guard heap[parent].time > entry.time else { break }
            put(heap[parent], at: position)
            position = parent
        }
        put(entry, at: position)
    }

    private mutating func moveDown(_ entry: Entry, from start: Int) {
        var position = start
        while true {
            var child = 2 * position + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].time < heap[child].time { child += 1 }
            guard heap[child].time < entry.time else { break }
            put(heap[child], at: position)
            position = child
        }
        put(entry, at: position)
    }

    private mutating func put(_ entry: Entry, at position: Int) {
        heap[position] = entry
        positions[Int(entry.slot)] = Int32(position)
    }
}
