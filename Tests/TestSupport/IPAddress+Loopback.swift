import DNSModel

extension IPAddress {
    /// 127.0.0.1.
    package static var loopback: IPAddress {
        guard let address = IPAddress(octets: [127, 0, 0, 1]) else { preconditionFailure("four octets are an address") }
        return address
    }
}
