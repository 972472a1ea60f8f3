import ArgumentParser
import CSys
import DNSModel
import Glibc

/// One address of the responder: its socket, and the answers that wait there for their time, the oldest first.
final class RespondingAddress {
    private static let capacity = 4096
    private static let messageSize = 512

    let socket: Int32
    private let delay: UInt64
    /// A ring of messages, each in place from when its query is received until it is sent as an answer.
    private let messages: UnsafeMutablePointer<csys_datagram>
    private let octets: UnsafeMutablePointer<UInt8>
    private let due: UnsafeMutablePointer<UInt64>
    /// How many messages have come and gone; their place in the ring is the remainder.
    private var received = 0
    private var sent = 0

    init(_ endpoint: Endpoint, delay: Duration) throws {
        socket = try Self.open(endpoint)
        self.delay =
            UInt64(delay.components.seconds) * 1_000_000_000 + UInt64(delay.components.attoseconds / 1_000_000_000)
        messages = .allocate(capacity: Self.capacity)
        octets = .allocate(capacity: Self.capacity * Self.messageSize)
        due = .allocate(capacity: Self.capacity)
        for place in 0..<Self.capacity {
            let message = csys_datagram(bytes: octets + place * Self.messageSize, length: 0, peer: csys_address())
            (messages + place).initialize(to: message)
        }
    }

    deinit {
        close(socket)
        messages.deallocate()
        octets.deallocate()
        due.deallocate()
    }

    private static func open(_ endpoint: Endpoint) throws -> Int32 {
        let descriptor = Glibc.socket(
            AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var size: Int32 = 1 << 22
        for option in [SO_RCVBUF, SO_SNDBUF] {
            setsockopt(descriptor, SOL_SOCKET, option, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = endpoint.port.bigEndian
        address.sin_addr.s_addr = endpoint.address.octets.reduce(0) { $0 << 8 | UInt32($1) }.bigEndian
        let failed = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) != 0
            }
        }
        if failed { throw ValidationError("cannot answer at \(endpoint): \(String(cString: strerror(errno)))") }
        return descriptor
    }

    /// When the next answer goes out, in nanoseconds of the monotonic clock.
    var nextDue: UInt64? { sent < received ? due[sent % Self.capacity] : nil }

    /// Takes the queries that have come, and turns each into its answer.
    func receive() {
        while true {
            let place = received % Self.capacity
            let room = min(Int(CSYS_BATCH), Self.capacity - place, Self.capacity - (received - sent))
            guard room > 0 else { return }
            let count = Int(csys_udp_receive(socket, messages + place, Int32(room), UInt32(Self.messageSize)))
            guard count > 0 else { return }
            let time = csys_now() + delay
            for place in place..<place + count {
                let message = UnsafeMutableBufferPointer(start: messages[place].bytes, count: Self.messageSize)
                messages[place].length = UInt32(Answer.write(over: message, count: Int(messages[place].length)))
                due[place] = time
            }
            received += count
            if count < room { return }
        }
    }

    /// Sends the answers whose time has come.
    func send(dueAt now: UInt64) {
        while let next = nextDue, next <= now {
            let place = sent % Self.capacity
            let limit = min(Int(CSYS_BATCH), Self.capacity - place, received - sent)
            let count = (0..<limit).prefix { due[place + $0] <= now }.count
            // What cannot be sent is lost, as on a network.
            sent += max(1, Int(csys_udp_send(socket, messages + place, Int32(count))))
        }
    }
}
