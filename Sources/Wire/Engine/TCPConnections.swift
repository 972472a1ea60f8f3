import CSys
import Glibc

/// The open TCP connections by number; those without work are kept for a while for the next query.
struct TCPConnections: ~Copyable {
    /// How many there may be at once, and how many to one server.
    private static let limit = 512
    private static let limitPerServer = 4

    private let poll: Int32
    private let idleTimeout: UInt64
    private var connections: [TCPConnection?] = []
    private var freeNumbers: [Int] = []
    private var numbers: [SocketAddress: [Int]] = [:]
    private var expiries = TimerHeap(slots: 0)
    private var count = 0
    private var openedCount = 0

    init(poll: Int32, idleTimeout: UInt64) {
        self.poll = poll
        self.idleTimeout = idleTimeout
    }

    deinit {
        for case .some(let connection) in connections { Glibc.close(connection.descriptor) }
    }

    /// Nil once the connection is closed.
    subscript(number: Int) -> TCPConnection? {
        _read { yield number < connections.count ? connections[number] : nil }
        _modify { yield &connections[number] }
    }

    /// When the next idle connection is to be closed.
    var nextExpiry: UInt64? { expiries.next }

    var canOpen: Bool { count < Self.limit }

    /// A connection to `peer` that takes another query, unless a new one should be opened.
    func reusable(to peer: SocketAddress) -> Int? {
        let open = (numbers[peer] ?? []).filter { self[$0]?.isRetired == false }
        func load(_ number: Int) -> Int { self[number]?.pending.count ?? .max }
        guard let best = open.min(by: { load($0) < load($1) }) else { return nil }
        return load(best) < TCPConnection.pipelineLimit || open.count >= Self.limitPerServer ? best : nil
    }

    mutating func open(to peer: SocketAddress, isSingle: Bool) throws(WireError) -> Int {
        let descriptor = csys_tcp_connect(peer.value)
        guard descriptor >= 0 else { throw .system("connect", errno: -descriptor) }
        let number = freeNumbers.popLast() ?? connections.count
        let interest = UInt32(CSYS_READABLE | CSYS_WRITABLE)
        let error = csys_poll_set(poll, descriptor, interest, PollToken.tcp(number).rawValue, true)
        guard error == 0 else {
            Glibc.close(descriptor)
            throw .system("epoll_ctl", errno: -error)
        }
        if number == connections.count { connections.append(nil) }
        self[number] = TCPConnection(serial: openedCount, descriptor: descriptor, peer: peer, isSingle: isSingle)
        openedCount += 1
        numbers[peer, default: []].append(number)
        count += 1
        return number
    }

    /// Closes a connection, and gives the slots that waited on it, in the order of their numbers.
    @discardableResult
    mutating func close(_ number: Int) -> [Int] {
        guard let connection = self[number] else { return [] }
        Glibc.close(connection.descriptor)
        expiries.clear(number)
        self[number] = nil
        freeNumbers.append(number)
        numbers[connection.peer]?.removeAll { $0 == number }
        if numbers[connection.peer]?.isEmpty == true { numbers[connection.peer] = nil }
        count -= 1
        return connection.pending.values.sorted()
    }

    mutating func closeAll() {
        for number in connections.indices { close(number) }
    }

    mutating func closeExpired(at now: UInt64) {
        while let number = expiries.popDue(at: now) { close(number) }
    }

    /// Takes no new queries on any connection to `peer`.
    mutating func retireAll(to peer: SocketAddress) {
        for number in numbers[peer] ?? [] { retire(number) }
    }

    mutating func retire(_ number: Int) {
        self[number]?.isRetired = true
        settle(number, now: 0)
    }

    /// Closes a connection that is done, or starts its idle time when it has no work.
    mutating func settle(_ number: Int, now: UInt64) {
        guard let connection = self[number], connection.pending.isEmpty else { return }
        if connection.isRetired {
            close(number)
        } else {
            expiries.set(number, to: now + idleTimeout)
        }
    }

    /// Queues a message on an open connection, and gives the ID it has there.
    mutating func post(
        _ message: UnsafeBufferPointer<UInt8>, of slot: Int, on number: Int, random: inout RandomPool
    ) -> UInt16 {
        expiries.clear(number)
        var id = random.next()
        while self[number]?.hasUsed(id) == true { id = random.next() }
        self[number]?.add(message, id: id, slot: slot)
        return id
    }

    /// Watches for room in the send buffer, or stops doing so.
    mutating func watchForRoom(_ number: Int, _ isWatched: Bool) {
        guard let connection = self[number], connection.isWatchedForRoom != isWatched else { return }
        self[number]?.isWatchedForRoom = isWatched
        let interest = UInt32(isWatched ? CSYS_READABLE | CSYS_WRITABLE : CSYS_READABLE)
        _ = csys_poll_set(poll, connection.descriptor, interest, PollToken.tcp(number).rawValue, false)
    }
}
