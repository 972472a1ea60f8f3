import DNSModel
import Failover

/// How the daemon is reached.
struct WebSettings: Sendable {
    let listen: ListenAddress
    let hosts: HostRules
    /// Only this machine can connect.
    let isLocal: Bool
    /// Its own for each port: browsers keep cookies of all ports of a host together.
    let cookieName: String

    init(listen: ListenAddress, hosts: [String], hasToken: Bool) {
        self.listen = listen
        switch listen {
        case .network(let address, let port):
            isLocal = address.isLoopback
            cookieName = "dnsconverge_\(port)"
        case .socket:
            // Whoever stands in front of it decides who may connect.
            isLocal = false
            cookieName = "dnsconverge"
        }
        self.hosts = HostRules(names: hosts, takesAnyAddress: hasToken)
    }
}

extension ListenAddress {
    var isLoopback: Bool {
        if case .network(let address, _) = self { address.isLoopback } else { false }
    }

    /// Where browsers find it.
    package var url: String {
        if case .network = self { "http://\(self)/" } else { description }
    }
}

extension ListenAddress: CustomStringConvertible {
    package var description: String {
        switch self {
        case .network(let address, let port): address.family == .ipv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
        case .socket(let path): "unix:\(path)"
        }
    }
}
