import DNSModel
import Glibc

/// Which families of addresses this machine has a route for.
package enum LocalRoutes {
    /// The families in which at least one of `addresses` has a route. Nothing is sent: connecting a datagram socket only
    /// looks the route up (udp(7)).
    package static func families(towards addresses: some Sequence<IPAddress>) -> Set<IPAddress.Family> {
        var found: Set<IPAddress.Family> = []
        for address in addresses where !found.contains(address.family) {
            if hasRoute(to: address) { found.insert(address.family) }
        }
        return found
    }

    private static func hasRoute(to address: IPAddress) -> Bool {
        let domain = address.family == .ipv4 ? AF_INET : AF_INET6
        let descriptor = socket(domain, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return withSocketAddress(address, port: 53) { connect(descriptor, $0, $1) } == 0
    }

    private static func withSocketAddress<R>(
        _ address: IPAddress, port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R
    ) -> R {
        var storage = sockaddr_storage()
        let length: Int
        switch address.family {
        case .ipv4:
            length = MemoryLayout<sockaddr_in>.size
            withUnsafeMutablePointer(to: &storage) {
                $0.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    $0.pointee.sin_family = sa_family_t(AF_INET)
                    $0.pointee.sin_port = port.bigEndian
                    withUnsafeMutableBytes(of: &$0.pointee.sin_addr) { $0.copyBytes(from: address.octets) }
                }
            }
        case .ipv6:
            length = MemoryLayout<sockaddr_in6>.size
            withUnsafeMutablePointer(to: &storage) {
                $0.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    $0.pointee.sin6_family = sa_family_t(AF_INET6)
                    $0.pointee.sin6_port = port.bigEndian
                    withUnsafeMutableBytes(of: &$0.pointee.sin6_addr) { $0.copyBytes(from: address.octets) }
                }
            }
        }
        return withUnsafePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
        }
    }
}
