import CSys

/// Where a batch of datagrams is received, each with room for the largest there is.
struct DatagramBuffer: ~Copyable {
    static let capacity = 65_536
    /// Not a power of two, so that the buffers' first octets do not compete for the same cache lines.
    private static let stride = capacity + 320

    private let datagrams: UnsafeMutablePointer<csys_datagram>
    private let octets: UnsafeMutablePointer<UInt8>

    init() {
        octets = .allocate(capacity: Int(CSYS_BATCH) * Self.stride)
        datagrams = .allocate(capacity: Int(CSYS_BATCH))
        for place in 0..<Int(CSYS_BATCH) {
            let datagram = csys_datagram(bytes: octets + place * Self.stride, length: 0, peer: csys_address())
            (datagrams + place).initialize(to: datagram)
        }
    }

    deinit {
        octets.deallocate()
        datagrams.deallocate()
    }

    /// Receives what has come; gives the number of datagrams, or a negative error number.
    func receive(from descriptor: Int32) -> Int {
        Int(csys_udp_receive(descriptor, datagrams, Int32(CSYS_BATCH), UInt32(Self.capacity)))
    }

    /// One of the datagrams received last; valid until the next call of `receive`.
    subscript(place: Int) -> (octets: UnsafeBufferPointer<UInt8>, source: SocketAddress) {
        let datagram = datagrams[place]
        return (UnsafeBufferPointer(start: datagram.bytes, count: Int(datagram.length)), SocketAddress(datagram.peer))
    }
}

/// Where octets of a TCP stream are received.
struct StreamBuffer: ~Copyable {
    private static let capacity = 65_536

    private let octets = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)

    deinit {
        octets.deallocate()
    }

    /// Gives how many octets came, 0 at the end, or a negative error number.
    func receive(from descriptor: Int32) -> Int {
        Int(csys_tcp_receive(descriptor, octets, UInt32(Self.capacity)))
    }

    /// The octets received last; valid until the next call of `receive`.
    func received(_ count: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: octets, count: count)
    }
}
