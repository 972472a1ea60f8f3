/// Messages that wait to be written to a stream, each with its length before it.
struct OutgoingFrames {
    private var frames: [[UInt8]] = []
    private var sent = 0

    var isEmpty: Bool { frames.isEmpty }

    mutating func append(_ message: [UInt8], id: UInt16) {
        // One write for length and message, so that they travel in one segment (RFC 7766 §8).
        let length = [UInt8(truncatingIfNeeded: message.count >> 8), UInt8(truncatingIfNeeded: message.count)]
        frames.append(length + message.withID(id))
    }

    /// Writes as much as goes. Frames are written one by one, because TLS wants a write that would block repeated with the
    /// same octets at the same place.
    mutating func send(through easy: EasyHandle) -> EasyHandle.Progress {
        while let frame = frames.first {
            let progress = frame.withUnsafeBytes { easy.send(UnsafeRawBufferPointer(rebasing: $0[sent...])) }
            guard case .octets(let count) = progress else { return progress }
            sent += count
            guard sent == frame.count else { continue }
            frames.removeFirst()
            sent = 0
        }
        return .octets(0)
    }
}

extension [UInt8] {
    /// The first two octets of a DNS message; the caller has checked that there are two.
    var id: UInt16 { UInt16(self[0]) << 8 | UInt16(self[1]) }

    func withID(_ id: UInt16) -> [UInt8] {
        var copy = self
        copy[0] = UInt8(id >> 8)
        copy[1] = UInt8(id & 0xFF)
        return copy
    }
}
