import DNSModel
import Glibc

/// The sockets of a fake server: UDP and TCP on one port, and others that a forger would send from.
struct FakeServerSockets: Sendable {
    let address: IPAddress
    let port: UInt16
    let udp: Int32
    let otherPort: Int32
    /// 127.0.0.2, IPv4 only.
    let otherAddress: Int32?
    let listener: Int32?

    init(_ family: IPAddress.Family, listensOnTCP: Bool) throws {
        let loopback = SocketName(family)
        address = loopback.address
        // The kernel picks a port for one protocol; the other may be taken.
        for _ in 0..<100 {
            let udp = try Self.open(loopback, SOCK_DGRAM)
            let name = SocketName(boundTo: udp)
            let listener = listensOnTCP ? try? Self.open(name, SOCK_STREAM) : nil
            guard listener != nil || !listensOnTCP else {
                close(udp)
                continue
            }
            if let listener { listen(listener, 64) }
            (self.udp, self.listener, port) = (udp, listener, name.port)
            otherPort = try Self.open(loopback, SOCK_DGRAM)
            otherAddress = try family == .ipv4 ? Self.open(name.withLastOctet(2), SOCK_DGRAM) : nil
            return
        }
        throw SystemCallFailure("bind")
    }

    func closeAll() {
        for descriptor in [udp, otherPort, otherAddress, listener] {
            if let descriptor { close(descriptor) }
        }
    }

    private static func open(_ name: SocketName, _ kind: __socket_type) throws -> Int32 {
        let family = name.address.family == .ipv4 ? AF_INET : AF_INET6
        let descriptor = socket(family, Int32(kind.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemCallFailure("socket") }
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var size: Int32 = 4 << 20
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        guard name.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
            close(descriptor)
            throw SystemCallFailure("bind")
        }
        return descriptor
    }
}

/// A socket address of either family.
struct SocketName {
    private var storage = sockaddr_storage()

    /// The family's loopback address, any port.
    init(_ family: IPAddress.Family) {
        switch family {
        case .ipv4:
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: name, as: sockaddr_in.self) }
        case .ipv6:
            var name = sockaddr_in6()
            name.sin6_family = sa_family_t(AF_INET6)
            name.sin6_addr = in6addr_loopback
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: name, as: sockaddr_in6.self) }
        }
    }

    init(boundTo descriptor: Int32) {
        fill { getsockname(descriptor, $0, $1) }
    }

    /// What `call` writes: an address and its length.
    init(filledBy call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int) {
        fill { Int32(truncatingIfNeeded: call($0, $1)) }
    }

    /// The address, of a family that has one.
    var address: IPAddress {
        let octets = withUnsafeBytes(of: storage) { bytes in
            Array(storage.ss_family == sa_family_t(AF_INET) ? bytes[4..<8] : bytes[8..<24])
        }
        guard let address = IPAddress(octets: octets) else { preconditionFailure("4 or 16 octets are an address") }
        return address
    }

    /// The port has the same place in both families.
    var port: UInt16 { withUnsafeBytes(of: storage) { UInt16($0[2]) << 8 | UInt16($0[3]) } }

    /// The IPv4 address 127.0.0.`octet` with the same port.
    func withLastOctet(_ octet: UInt8) -> SocketName {
        var name = self
        withUnsafeMutableBytes(of: &name.storage) { $0[7] = octet }
        return name
    }

    func withPointer<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
        let isIPv4 = storage.ss_family == sa_family_t(AF_INET)
        let length = isIPv4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
        return withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
        }
    }

    private mutating func fill(
        _ call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) {
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = call($0, &length) }
        }
    }
}
