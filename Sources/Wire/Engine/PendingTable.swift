/// Which transaction waits for an answer with an ID on a socket: an open-addressing hash table.
struct PendingTable {
    struct Key: Hashable {
        let socket: UInt16
        let id: UInt16

        fileprivate var bits: UInt64 { UInt64(socket) << 16 | UInt64(id) }
    }

    /// The slot, one more than it is, in the high half and the key in the low half; zero where nothing is.
    private var entries: [UInt64]
    private(set) var count = 0

    init() {
        entries = Array(repeating: 0, count: 1 << 10)
    }

    subscript(key: Key) -> Int? {
        var index = home(of: key.bits)
        while entries[index] != 0 {
            if entries[index] & 0xFFFF_FFFF == key.bits { return Int(entries[index] >> 32) - 1 }
            index = following(index)
        }
        return nil
    }

    /// Adds a key that is not in the table.
    mutating func insert(_ key: Key, slot: Int) {
        if count >= entries.count / 2 { grow() }
        put(UInt64(slot + 1) << 32 | key.bits)
        count += 1
    }

    mutating func remove(_ key: Key) {
        var hole = home(of: key.bits)
        while entries[hole] & 0xFFFF_FFFF != key.bits || entries[hole] == 0 {
            guard entries[hole] != 0 else { return }
            hole = following(hole)
        }
        count -= 1
        closeUp(hole)
    }

    /// Moves later entries of the chain back over `hole`, so that searches need no tombstones.
    private mutating func closeUp(_ hole: Int) {
        var hole = hole
        var index = following(hole)
        while entries[index] != 0 {
            let distance = (index &- home(of: entries[index] & 0xFFFF_FFFF)) & (entries.count - 1)
            if distance >= (index &- hole) & (entries.count - 1) {
                entries[hole] = entries[index]
                hole = index
            }
            index = following(index)
        }
        entries[hole] = 0
    }

    private mutating func grow() {
        let old = entries
        entries = Array(repeating: 0, count: 2 * old.count)
        for entry in old where entry != 0 { put(entry) }
    }

    private mutating func put(_ entry: UInt64) {
        var index = home(of: entry & 0xFFFF_FFFF)
        while entries[index] != 0 { index = following(index) }
        entries[index] = entry
    }

    private func home(of bits: UInt64) -> Int {
        // Fibonacci hashing; the IDs are random anyway.
        Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 32) & (entries.count - 1)
    }

    private func following(_ index: Int) -> Int {
        (index + 1) & (entries.count - 1)
    }
}
