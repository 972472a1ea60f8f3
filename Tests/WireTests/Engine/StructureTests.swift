import TestSupport
import Testing

@testable import Wire

/// The loop's own structures, against plain ones that are plainly right.
@Suite("The engine's structures")
struct StructureTests {
    @Test("a timer heap gives the slot that is due first", arguments: [1, 2, 3] as [UInt64])
    func timers(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var heap = TimerHeap(slots: 50)
        var model: [Int: UInt64] = [:]
        for _ in 0..<5000 {
            let slot = Int.random(in: 0..<80, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0:
                let time = UInt64.random(in: 0..<1000, using: &generator)
                heap.set(slot, to: time)
                model[slot] = time
            case 1:
                heap.clear(slot)
                model[slot] = nil
            default:
                let now = UInt64.random(in: 0..<1000, using: &generator)
                let first = model.values.min()
                let due = heap.popDue(at: now)
                #expect((due != nil) == (first.map { $0 <= now } ?? false))
                if let due { #expect(model.removeValue(forKey: due) == first) }
            }
            #expect(heap.next == model.values.min())
        }
    }

    @Test("a pending table finds what was put in and not removed", arguments: [1, 2, 3] as [UInt64])
    func pending(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var table = PendingTable()
        var model: [PendingTable.Key: Int] = [:]
        for _ in 0..<20_000 {
            let key = PendingTable.Key(
                socket: UInt16.random(in: 0..<16, using: &generator), id: UInt16.random(in: 0..<300, using: &generator))
            if model[key] != nil, Bool.random(using: &generator) {
                table.remove(key)
                model[key] = nil
            } else if model[key] == nil {
                let slot = Int.random(in: 0..<60_000, using: &generator)
                table.insert(key, slot: slot)
                model[key] = slot
            }
            #expect(table[key] == model[key])
        }
        #expect(table.count == model.count)
        for (key, slot) in model { #expect(table[key] == slot) }
    }

    @Test("a queue keeps the order")
    func queue() {
        var queue = Queue<Int>()
        var (next, expected) = (0, 0)
        var generator = SplitMix(seed: 7)
        for _ in 0..<10_000 {
            if Int.random(in: 0..<5, using: &generator) < 3 {
                queue.append(next)
                next += 1
            } else if let first = queue.popFirst() {
                #expect(first == expected)
                expected += 1
            }
            #expect(queue.count == next - expected)
        }
        #expect(queue.removeAll { $0 % 2 == 0 } == (expected..<next).filter { $0 % 2 == 0 })
        #expect(queue.popFirst() == (expected..<next).first { $0 % 2 == 1 })
    }
}
