import CSys

/// The datagrams of one system call.
struct SendBuffer: ~Copyable {
    static let capacity = Int(CSYS_BATCH)

    private let datagrams: UnsafeMutablePointer<csys_datagram>
    private(set) var count = 0

    init() {
        datagrams = .allocate(capacity: Self.capacity)
        datagrams.initialize(repeating: csys_datagram(), count: Self.capacity)
    }

    deinit {
        datagrams.deallocate()
    }

    mutating func removeAll() {
        count = 0
    }

    /// Adds a message, which must stay where it is until it is sent.
    mutating func append(_ message: UnsafeMutablePointer<UInt8>?, length: Int, to destination: SocketAddress) {
        datagrams[count] = csys_datagram(bytes: message, length: UInt32(length), peer: destination.value)
        count += 1
    }

    /// Gives how many went, or a negative error number.
    func send(on descriptor: Int32) -> Int {
        Int(csys_udp_send(descriptor, datagrams, Int32(count)))
    }
}
