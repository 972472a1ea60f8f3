import CSys
import DNSModel

/// An address and port as the socket calls take and give it.
struct SocketAddress: Hashable {
    let value: csys_address

    init(_ value: csys_address) {
        self.value = value
    }

    init(_ address: IPAddress, port: UInt16) {
        let octets = address.octets
        value = csys_address(
            high: octets.dropLast(8).reduce(0) { $0 << 8 | UInt64($1) },
            low: octets.suffix(8).reduce(0) { $0 << 8 | UInt64($1) },
            port: port, is_ipv6: address.family == .ipv6)
    }

    var family: IPAddress.Family { value.is_ipv6 ? .ipv6 : .ipv4 }

    /// Why nothing can be sent there, if so: the system would take such an address for another one or refuse it.
    var unusable: String? {
        if value.port == 0 { return "port 0 cannot be asked" }
        if value.high == 0, value.low == 0 { return "an unspecified address cannot be asked" }
        return nil
    }

    static func == (a: SocketAddress, b: SocketAddress) -> Bool {
        a.value.low == b.value.low && a.value.port == b.value.port && a.value.high == b.value.high
            && a.value.is_ipv6 == b.value.is_ipv6
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(value.high)
        hasher.combine(value.low)
        hasher.combine(value.port)
        hasher.combine(value.is_ipv6)
    }
}
