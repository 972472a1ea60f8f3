/// Takes the octets of a stream and gives the length-prefixed DNS messages in it (RFC 1035 §4.2.2).
struct MessageAssembler {
    private var buffer: [UInt8] = []
    private var start = 0

    mutating func append(_ octets: some Collection<UInt8>) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer.append(contentsOf: octets)
    }

    /// The next message that is complete; nil until more octets come.
    mutating func next() -> [UInt8]? {
        guard buffer.count - start >= 2 else { return nil }
        let length = Int(buffer[start]) << 8 | Int(buffer[start + 1])
        guard buffer.count - start - 2 >= length else { return nil }
        defer { start += 2 + length }
        return Array(buffer[start + 2..<start + 2 + length])
    }
}
