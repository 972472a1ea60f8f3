/// Cuts a TCP stream into DNS messages, each after its length in two octets (RFC 1035 §4.2.2).
struct StreamReader {
    private var octets: [UInt8] = []
    private var start = 0

    mutating func append(_ received: UnsafeBufferPointer<UInt8>) {
        if start > 0 {
            octets.removeFirst(start)
            start = 0
        }
        octets.append(contentsOf: received)
    }

    /// Calls `body` with the next message; false when it has not arrived whole.
    mutating func withNext(_ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool {
        guard octets.count - start >= 2 else { return false }
        let end = start + 2 + (Int(octets[start]) << 8 | Int(octets[start + 1]))
        guard octets.count >= end else { return false }
        octets.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[(start + 2)..<end])) }
        start = end
        return true
    }
}
