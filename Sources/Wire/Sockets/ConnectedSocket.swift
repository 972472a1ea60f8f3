import CSys
import DNSModel
import Glibc

/// A UDP, TCP or ICMP socket that is connected to one peer, from which alone it receives; closed when it goes. One task at a time
/// may use it.
final class ConnectedSocket: Sendable {
    private let descriptor: Int32
    private let loop: DescriptorLoop

    /// A UDP socket on a port of the kernel's random choice.
    init(udpTo endpoint: Endpoint) throws(SocketFailure) {
        loop = try Self.sharedLoop()
        descriptor = csys_udp_connect(SocketAddress(endpoint.address, port: endpoint.port).value)
        guard descriptor >= 0 else { throw .system(-descriptor) }
    }

    /// A TCP connection, once it stands.
    init(
        tcpTo endpoint: Endpoint, until deadline: ContinuousClock.Instant
    ) async throws(SocketFailure) {
        loop = try Self.sharedLoop()
        descriptor = csys_tcp_connect(SocketAddress(endpoint.address, port: endpoint.port).value)
        guard descriptor >= 0 else { throw .system(-descriptor) }
        try await wait(for: .writable, until: deadline)
        let outcome = csys_tcp_outcome(descriptor)
        guard outcome == 0 else { throw .system(-outcome) }
    }

    /// A socket for ICMP echo requests.
    init(pinging address: IPAddress) throws(SocketFailure) {
        loop = try Self.sharedLoop()
        descriptor = csys_icmp_connect(SocketAddress(address, port: 0).value)
        guard descriptor >= 0 else { throw .system(-descriptor) }
    }

    /// A connection that a listening socket has accepted.
    init(accepted descriptor: Int32, _ loop: DescriptorLoop) {
        self.loop = loop
        self.descriptor = descriptor
    }

    deinit {
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// Sends all octets: over UDP as one datagram.
    func send(_ octets: [UInt8], until deadline: ContinuousClock.Instant) async throws(SocketFailure) {
        var rest = octets[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBufferPointer { csys_tcp_send(descriptor, $0.baseAddress, UInt32($0.count)) }
            if sent >= 0 {
                rest = rest.dropFirst(Int(sent))
            } else {
                try check(error: -sent)
                try await wait(for: .writable, until: deadline)
            }
        }
    }

    /// What comes next, at least one octet: over UDP a datagram, which may be empty.
    func receive(upTo limit: Int, until deadline: ContinuousClock.Instant) async throws(SocketFailure) -> [UInt8] {
        while true {
            var count: Int32 = 0
            let octets = [UInt8](unsafeUninitializedCapacity: limit) { space, used in
                count = csys_tcp_receive(descriptor, space.baseAddress, UInt32(space.count))
                used = max(0, Int(count))
            }
            if count >= 0 { return octets }
            try check(error: -count)
            try await wait(for: .readable, until: deadline)
        }
    }

    /// The next octets of a TCP connection, as many as are wanted.
    func receive(exactly count: Int, until deadline: ContinuousClock.Instant) async throws(SocketFailure) -> [UInt8] {
        var octets: [UInt8] = []
        while octets.count < count {
            let part = try await receive(upTo: count - octets.count, until: deadline)
            guard !part.isEmpty else { throw .closed }
            octets += part
        }
        return octets
    }

    private func check(error: Int32) throws(SocketFailure) {
        guard error == EAGAIN || error == EWOULDBLOCK else { throw .system(error) }
    }

    private func wait(
        for interest: DescriptorLoop.Interest, until deadline: ContinuousClock.Instant
    ) async throws(SocketFailure) {
        switch await loop.wait(for: interest, on: descriptor, until: deadline) {
        case .ready: return
        case .timedOut: throw .timedOut
        case .cancelled: throw .cancelled
        case .failed(let number): throw .system(number)
        }
    }

    private static func sharedLoop() throws(SocketFailure) -> DescriptorLoop {
        switch DescriptorLoop.shared {
        case .success(let loop): return loop
        case .failure(.system(_, let number)): throw .system(number)
        }
    }
}
