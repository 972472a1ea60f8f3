import Glibc

/// A connection to a port of this machine, over which octets go as they are, in whatever pieces a test wants.
package final class LoopbackConnection: Sendable {
    package let descriptor: Int32

    package init(to port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemCallFailure("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let (descriptor, size) = (descriptor, socklen_t(MemoryLayout<sockaddr_in>.size))
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
        }
        guard isConnected else { throw SystemCallFailure("connect") }
    }

    deinit { close(descriptor) }

    package func write(_ text: String) throws {
        let count = Glibc.send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL))
        guard count == text.utf8.count else { throw SystemCallFailure("send") }
    }

    /// Reads up to and with a text, and gives all that was read; throws when that does not come in time.
    @discardableResult
    package func read(until end: String, withinMilliseconds limit: Int32 = 10_000) async throws -> String {
        let octets = try await blocking { [descriptor] in Self.read(descriptor, until: Array(end.utf8), limit) }
            .get()
        return String(decoding: octets, as: UTF8.self)
    }

    /// Waits until the other end closes; false when it does not in time.
    package func isClosed(withinMilliseconds limit: Int32 = 10_000) async -> Bool {
        await blocking { [descriptor] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&ready, 1, limit) == 1 else { return false }
                if recv(descriptor, &buffer, buffer.count, 0) <= 0 { return true }
            }
        }
    }

    private static func read(_ descriptor: Int32, until end: [UInt8], _ limit: Int32) -> Result<[UInt8], any Error> {
        var octets: [UInt8] = []
        var octet: UInt8 = 0
        while !(octets.count >= end.count && octets.suffix(end.count).elementsEqual(end)) {
            var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, limit) == 1, recv(descriptor, &octet, 1, 0) == 1 else {
                return .failure(SystemCallFailure("recv after “\(String(decoding: octets, as: UTF8.self))”"))
            }
            octets.append(octet)
        }
        return .success(octets)
    }
}
