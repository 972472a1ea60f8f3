/// One TCP connection and the queries that share it (RFC 7766 §6.2).
struct TCPConnection {
    /// So many queries wait for answers on one connection before another is opened.
    static let pipelineLimit = 64
    /// A connection that leaves so many queries without answers gets no more.
    private static let departedLimit = 1024

    /// Tells it from a later one of the same number.
    let serial: Int
    let descriptor: Int32
    let peer: SocketAddress
    /// Whether it serves a single query.
    let isSingle: Bool
    var isConnected = false
    /// Takes no new queries, and closes after the last of those it has.
    var isRetired: Bool
    /// Which slot waits for the answer with an ID.
    var pending: [UInt16: Int] = [:]
    /// IDs whose query has ended without its answer.
    var departed: Set<UInt16> = []
    var outgoing: [UInt8] = []
    var incoming = StreamReader()
    var isWatchedForRoom = true

    init(serial: Int, descriptor: Int32, peer: SocketAddress, isSingle: Bool) {
        self.serial = serial
        self.descriptor = descriptor
        self.peer = peer
        self.isSingle = isSingle
        isRetired = isSingle
    }

    /// Forgets a query; unless its answer has come, that is still expected and will be ignored.
    mutating func remove(_ id: UInt16, isAnswered: Bool) {
        pending[id] = nil
        if !isAnswered { departed.insert(id) }
        if departed.count > Self.departedLimit { isRetired = true }
    }

    /// Whether a query on this connection has the ID, or had it and may still be answered.
    func hasUsed(_ id: UInt16) -> Bool { pending[id] != nil || departed.contains(id) }

    mutating func add(_ message: UnsafeBufferPointer<UInt8>, id: UInt16, slot: Int) {
        pending[id] = slot
        outgoing += [UInt8(message.count >> 8), UInt8(message.count & 0xFF), UInt8(id >> 8), UInt8(id & 0xFF)]
        outgoing += message.dropFirst(2)
    }
}
