import CSys
import DNSModel
import Glibc

/// A UDP and a listening TCP socket on one port; both close when this goes.
final class ResponderSockets: Sendable {
    let port: UInt16
    private let udp: Int32
    private let tcp: Int32
    private let loop: DescriptorLoop

    /// How long a connection may say nothing.
    private static let idleLimit = Duration.seconds(10)
    /// So many connections are served at once; more wait until one ends.
    private static let connectionLimit = 100
    private static let shortagePause = Duration.milliseconds(100)

    init(_ address: IPAddress, port: UInt16) throws(WireError) {
        loop = try DescriptorLoop.shared.get()
        // A port that is free for UDP may be taken for TCP.
        for _ in 0..<(port == 0 ? 32 : 1) {
            let udp = csys_bind(SocketAddress(address, port: port).value, false)
            guard udp >= 0 else { throw .system("bind", errno: -udp) }
            let chosen = csys_local_port(udp)
            let tcp = csys_bind(SocketAddress(address, port: chosen).value, true)
            if tcp >= 0 {
                (self.udp, self.tcp, self.port) = (udp, tcp, chosen)
                return
            }
            Glibc.close(udp)
            guard port == 0, tcp == -EADDRINUSE else { throw .system("bind", errno: -tcp) }
        }
        throw .system("bind", errno: EADDRINUSE)
    }

    deinit {
        if udp >= 0 { Glibc.close(udp) }
        if tcp >= 0 { Glibc.close(tcp) }
    }

    func serveDatagrams(_ reply: @Sendable ([UInt8]) -> [UInt8]?) async {
        while await loop.wait(for: .readable, on: udp, until: nil) == .ready {
            while let (octets, peer) = receiveDatagram() {
                if let answer = reply(octets) { send(answer, to: peer) }
            }
        }
    }

    func serveStreams(_ reply: @escaping @Sendable ([UInt8]) -> [UInt8]?) async {
        await withTaskGroup(of: Void.self) { group in
            var count = 0
            while await loop.wait(for: .readable, on: tcp, until: nil) == .ready {
                let accepted = csys_tcp_accept(tcp)
                guard accepted >= 0 else {
                    // Without descriptors the connection stays where it is, and would be reported again at once.
                    if accepted == -EMFILE || accepted == -ENFILE { try? await Task.sleep(for: Self.shortagePause) }
                    continue
                }
                if count >= Self.connectionLimit { await group.next() } else { count += 1 }
                group.addTask { await Self.serve(ConnectedSocket(accepted: accepted, self.loop), reply) }
            }
            group.cancelAll()
        }
    }

    /// Answers one message after the other until the client ends the connection or says nothing for long.
    private static func serve(_ socket: ConnectedSocket, _ reply: ([UInt8]) -> [UInt8]?) async {
        do throws(SocketFailure) {
            while true {
                let deadline = ContinuousClock.now + idleLimit
                let length = try await socket.receive(exactly: 2, until: deadline)
                let octets = try await socket.receive(exactly: Int(length[0]) << 8 | Int(length[1]), until: deadline)
                guard let answer = reply(octets) else { return }
                try await socket.send([UInt8(answer.count >> 8), UInt8(answer.count & 0xFF)] + answer, until: deadline)
            }
        } catch {
            // The connection is over, whoever ended it.
        }
    }

    private func receiveDatagram() -> (octets: [UInt8], peer: csys_address)? {
        withUnsafeTemporaryAllocation(byteCount: 65_535, alignment: 1) { buffer in
            var datagram = csys_datagram()
            datagram.bytes = buffer.bindMemory(to: UInt8.self).baseAddress
            guard csys_udp_receive(udp, &datagram, 1, UInt32(buffer.count)) == 1 else { return nil }
            return (Array(buffer.prefix(Int(datagram.length))), datagram.peer)
        }
    }

    /// What the kernel does not take at once is lost, as datagrams may be.
    private func send(_ octets: [UInt8], to peer: csys_address) {
        var octets = octets
        octets.withUnsafeMutableBufferPointer { buffer in
            var datagram = csys_datagram(bytes: buffer.baseAddress, length: UInt32(buffer.count), peer: peer)
            _ = csys_udp_send(udp, &datagram, 1)
        }
    }
}
