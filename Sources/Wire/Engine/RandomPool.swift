import CSys

/// Random numbers from the kernel, fetched many at a time: IDs and ports must not be predictable (RFC 5452 §9.2).
struct RandomPool {
    private var words: [UInt16] = []

    mutating func next() -> UInt16 {
        if words.isEmpty { refill() }
        return words.removeLast()
    }

    /// A number from 0 up to but not including `bound`, which is at most 65,536.
    mutating func next(below bound: Int) -> Int {
        // The bias of multiply-and-shift is below bound/65,536, which matters neither for a choice of socket nor for jitter.
        Int(next()) * bound >> 16
    }

    private mutating func refill() {
        words = Array(unsafeUninitializedCapacity: 2048) { buffer, count in
            count = csys_random(buffer.baseAddress, UInt32(buffer.count * 2)) ? buffer.count : 0
        }
        guard words.isEmpty else { return }
        var generator = SystemRandomNumberGenerator()
        words = (0..<2048).map { _ in generator.next() }
    }
}
