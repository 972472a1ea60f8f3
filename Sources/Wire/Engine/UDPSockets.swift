import CSys
import DNSModel
import Glibc

/// A UDP socket and what waits to be sent from it.
struct UDPSocket {
    struct Outgoing {
        let slot: Int32
        let id: UInt16
    }

    let descriptor: Int32
    /// Whether any query may use it; else it serves a single one.
    let isShared: Bool
    /// How many IDs on it may still be answered.
    var outstanding = 0
    /// Takes no new queries, and closes after the last of those it has.
    var isRetired = false
    var outbox: [Outgoing] = []
    /// Its send buffer is full.
    var isBlocked = false
}

/// All UDP sockets by number: a rotating pool for each family, and those that serve a single query.
struct UDPSockets: ~Copyable {
    /// As many descriptors as sockets for single queries may take at once.
    private static let singleLimit = 256
    /// So many IDs of a socket may be waited for; beyond, free ones would become hard to find and easy to guess.
    private static let idLimit = 16_384

    private let poll: Int32
    private var sockets: [UDPSocket?] = []
    private var freeNumbers: [UInt16] = []
    private var ipv4: SocketPool
    private var ipv6: SocketPool
    private var singleCount = 0

    init(poll: Int32, poolSize: Int) {
        self.poll = poll
        ipv4 = SocketPool(size: poolSize)
        ipv6 = SocketPool(size: poolSize)
    }

    deinit {
        for case .some(let socket) in sockets { Glibc.close(socket.descriptor) }
    }

    /// Nil once the socket is closed.
    subscript(number: UInt16) -> UDPSocket? {
        _read { yield number < sockets.count ? sockets[Int(number)] : nil }
        _modify { yield &sockets[Int(number)] }
    }

    var canOpenSingle: Bool { singleCount < Self.singleLimit }

    /// Lets the next query of each family choose its socket anew.
    mutating func forgetChoice() {
        ipv4.forgetChoice()
        ipv6.forgetChoice()
    }

    /// A socket of the pool, chosen at random every few queries.
    mutating func shared(isIPv6: Bool, random: inout RandomPool) throws(WireError) -> UInt16 {
        if let number = isIPv6 ? ipv6.current() : ipv4.current() {
            if let socket = self[number], socket.outstanding < Self.idLimit { return number }
            if isIPv6 { ipv6.remove(number) } else { ipv4.remove(number) }
            retire(number)
        }
        if let worn = isIPv6 ? ipv6.removeWorn() : ipv4.removeWorn() { retire(worn) }
        let isFull = isIPv6 ? ipv6.isFull : ipv4.isFull
        let opened = isFull ? nil : try open(isIPv6: isIPv6, isShared: true)
        return isIPv6 ? ipv6.choose(opened: opened, random: &random) : ipv4.choose(opened: opened, random: &random)
    }

    /// A socket on a port of its own.
    mutating func single(isIPv6: Bool) throws(WireError) -> UInt16 {
        let number = try open(isIPv6: isIPv6, isShared: false)
        singleCount += 1
        self[number]?.isRetired = true
        return number
    }

    /// Counts one ID less that may be answered on it.
    mutating func release(_ number: UInt16) {
        self[number]?.outstanding -= 1
        closeIfDone(number)
    }

    /// Closes all sockets, on which nothing may be outstanding.
    mutating func closeAll() {
        for number in ipv4.removeAll() + ipv6.removeAll() { retire(number) }
    }

    private mutating func retire(_ number: UInt16) {
        self[number]?.isRetired = true
        closeIfDone(number)
    }

    private mutating func closeIfDone(_ number: UInt16) {
        guard let socket = self[number], socket.isRetired, socket.outstanding == 0 else { return }
        Glibc.close(socket.descriptor)
        self[number] = nil
        freeNumbers.append(number)
        if !socket.isShared { singleCount -= 1 }
    }

    private mutating func open(isIPv6: Bool, isShared: Bool) throws(WireError) -> UInt16 {
        let descriptor = csys_udp_open(isIPv6)
        guard descriptor >= 0 else { throw .system("socket", errno: -descriptor) }
        let number = freeNumbers.popLast() ?? UInt16(sockets.count)
        let token = PollToken.udp(number).rawValue
        let error = csys_poll_set(poll, descriptor, UInt32(CSYS_READABLE), token, true)
        guard error == 0 else {
            Glibc.close(descriptor)
            throw .system("epoll_ctl", errno: -error)
        }
        if number == sockets.count { sockets.append(nil) }
        self[number] = UDPSocket(descriptor: descriptor, isShared: isShared)
        return number
    }

    /// Watches for room in the send buffer, or stops doing so.
    mutating func setBlocked(_ number: UInt16, _ isBlocked: Bool) {
        guard let socket = self[number], socket.isBlocked != isBlocked else { return }
        self[number]?.isBlocked = isBlocked
        let interest = UInt32(isBlocked ? CSYS_READABLE | CSYS_WRITABLE : CSYS_READABLE)
        _ = csys_poll_set(poll, socket.descriptor, interest, PollToken.udp(number).rawValue, false)
    }
}
