/// Where and how a server is asked.
package struct Endpoint: Hashable, Sendable {
    package enum Transport: String, Hashable, Sendable, CaseIterable {
        case udp, tcp, tls, https

        package var defaultPort: UInt16 {
            switch self {
            case .udp, .tcp: 53
            case .tls: 853
            case .https: 443
            }
        }
    }

    package var transport: Transport
    package var address: IPAddress
    package var port: UInt16
    /// The name that the certificate must be for; with `tls` and `https` only. Nil means the address itself.
    package var serverName: String?
    /// The path of the URL; with `https` only.
    package var path: String?

    package init(
        _ address: IPAddress, port: UInt16? = nil, transport: Transport = .udp, serverName: String? = nil,
        path: String? = nil
    ) {
        self.transport = transport
        self.address = address
        self.port = port ?? transport.defaultPort
        self.serverName = serverName
        self.path = path
    }
}

extension Endpoint: CustomStringConvertible {
    /// `192.0.2.1`, `192.0.2.1:5300`, `[2001:db8::1]:5300`, `tls://dns.quad9.net`, `https://dns.google/dns-query`; TCP as
    /// `tcp://192.0.2.1`.
    package var description: String {
        let shown = serverName ?? (address.family == .ipv6 ? "[\(address)]" : "\(address)")
        let host = port == transport.defaultPort ? shown : "\(shown):\(port)"
        switch transport {
        case .udp: return port == 53 ? "\(address)" : host
        case .tcp: return "tcp://\(host)"
        case .tls: return "tls://\(host)"
        case .https: return "https://\(host)\(path ?? "/dns-query")"
        }
    }
}
