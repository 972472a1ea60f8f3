import FoundationEssentials
import Glibc
import Synchronization

/// A socket on 127.0.0.1 with a port of the kernel's choice, closed when it goes.
package final class LoopbackSocket: ListeningSocket {
    package enum Kind: Sendable {
        /// Takes connections; those that nobody accepts stay open and silent.
        case tcpListener
        case udp
    }

    package let descriptor: Int32
    package let port: UInt16

    /// Takes the port that is wanted, or any with 0; so many connections may wait that nobody has accepted.
    package init(_ kind: Kind, port wanted: UInt16 = 0, backlog: Int32 = 64) throws {
        let type = kind == .udp ? SOCK_DGRAM : SOCK_STREAM
        descriptor = socket(AF_INET, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemCallFailure("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = wanted.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (descriptor, size) = (descriptor, length)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && getsockname(descriptor, address, &length) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        // Whoever throws once all is initialized leaves the closing to deinit.
        guard isBound, kind == .udp || listen(descriptor, backlog) == 0 else { throw SystemCallFailure("bind") }
    }

    deinit { close(descriptor) }

    /// Takes the next connection, says something on it and ends it.
    package func greet(_ text: String) async {
        await blocking { [descriptor] in
            let connection = accept(descriptor, nil, nil)
            _ = Glibc.send(connection, text, text.utf8.count, Int32(MSG_NOSIGNAL))
            close(connection)
        }
    }

    /// A datagram, and who sent it or is to have it.
    package struct Datagram: Sendable {
        package var octets: [UInt8]
        let peer: sockaddr_in
    }

    /// Waits for a datagram; nil when none came in time.
    package func receive(withinMilliseconds limit: Int32 = 10_000) async -> Datagram? {
        await blocking { [descriptor] in
            var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, limit) == 1 else { return nil }
            var octets = [UInt8](repeating: 0, count: 4096)
            var peer = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let count = withUnsafeMutablePointer(to: &peer) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(descriptor, &octets, octets.count, 0, $0, &length)
                }
            }
            return count < 0 ? nil : Datagram(octets: Array(octets.prefix(count)), peer: peer)
        }
    }

    package func send(_ datagram: Datagram) {
        var peer = datagram.peer
        let (octets, length) = (datagram.octets, socklen_t(MemoryLayout<sockaddr_in>.size))
        withUnsafeMutablePointer(to: &peer) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, octets, octets.count, 0, $0, length)
            }
        }
    }

    /// A port for a server that must be told one: free a moment ago, and nobody else in this process is given it.
    package static func freePort() throws -> UInt16 {
        for _ in 0..<1000 {
            // Below the range from which the kernel takes the ports of outgoing connections.
            let candidate = 10_000 + UInt16(nextPort.add(1, ordering: .relaxed).newValue % 20_000)
            if (try? LoopbackSocket(.tcpListener, port: candidate)) != nil { return candidate }
        }
        throw SystemCallFailure("bind")
    }

    /// Starts at another place in each process, so that test runs side by side stay out of each other's way.
    private static let nextPort = Atomic<UInt32>(UInt32(bitPattern: getpid()) &* 977 % 1_000_000)

    /// Lets a program that starts have the processor before it is asked again.
    package static func pause() { poll(nil, 0, 2) }

    /// Waits up to 10 s until some program listens on the port, without connecting to it; for those that do not say so.
    package static func waitForListener(on port: UInt16) -> Bool {
        let hexadecimal = String(port, radix: 16, uppercase: true)
        // The table's local address, then whom it is connected to (nobody), then state 0A: listening.
        let row = "0100007F:\(String(repeating: "0", count: 4 - hexadecimal.count))\(hexadecimal) 00000000:0000 0A"
        for _ in 0..<5000 {
            let table = FileManager.default.contents(atPath: "/proc/net/tcp") ?? Data()
            if table.firstRange(of: row.utf8) != nil { return true }
            pause()
        }
        return false
    }
}

/// A system call that a test cannot go on without.
package struct SystemCallFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ call: String) {
        description = "\(call): \(strerror(errno).map { String(cString: $0) } ?? "\(errno)")"
    }
}
