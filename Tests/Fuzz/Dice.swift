import TestSupport

/// What a case draws its choices from: the same for the same seed and number.
struct Dice {
    var generator: SplitMix

    init(seed: UInt64, number: Int) {
        var first = SplitMix(seed: seed)
        generator = SplitMix(seed: first.next() ^ UInt64(truncatingIfNeeded: number) &* 0xD134_2543_DE82_EF95)
    }

    /// 0 to `bound` − 1; 0 when there is nothing to choose from.
    mutating func below(_ bound: Int) -> Int { bound > 1 ? Int.random(in: 0..<bound, using: &generator) : 0 }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    /// True once in `count` times.
    mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }

    mutating func octet() -> UInt8 { UInt8.random(in: .min ... .max, using: &generator) }

    mutating func octets(_ count: Int) -> [UInt8] { (0..<count).map { _ in octet() } }

    /// One of several that are named where it is called.
    mutating func pick<Element>(_ first: Element, _ others: Element...) -> Element {
        let index = below(others.count + 1)
        return index == 0 ? first : others[index - 1]
    }

    mutating func pick<Element>(from elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[below(elements.count)]
    }

    /// Each element or not.
    mutating func some<Element>(of elements: [Element]) -> [Element] { elements.filter { _ in oneIn(2) } }

    /// `make`'s result once in `count` times.
    mutating func once<Value>(in count: Int, _ make: (inout Dice) -> Value) -> Value? {
        oneIn(count) ? make(&self) : nil
    }

    mutating func list<Element>(_ counts: ClosedRange<Int>, _ make: (inout Dice) -> Element) -> [Element] {
        (0..<number(counts)).map { _ in make(&self) }
    }

    /// Numbers of 16 bits at which things change.
    mutating func edge16() -> UInt16 {
        pick(
            0, 1, 2, 11, 12, 63, 64, 127, 128, 255, 256, 511, 512, 0x3FFF, 0x7FFF, 0x8000, 0xBFFF, 0xC000, 0xC00C,
            0xFFFF)
    }

    /// Numbers of 32 bits at which things change.
    mutating func edge32() -> UInt32 {
        pick(
            0, 1, 30, 300, 3600, 86_400, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
            UInt32.random(in: 0 ... .max, using: &generator))
    }
}
