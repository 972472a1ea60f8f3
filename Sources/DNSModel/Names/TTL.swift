/// A time to live, in seconds.
package struct TTL: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let seconds: UInt32

    package init(_ seconds: UInt32) {
        // A set top bit means zero (RFC 2181 §8).
        self.seconds = seconds > UInt32(Int32.max) ? 0 : seconds
    }

    package static func < (a: TTL, b: TTL) -> Bool { a.seconds < b.seconds }

    package var duration: Duration { .seconds(Int(seconds)) }

    package var description: String { String(seconds) }
}
