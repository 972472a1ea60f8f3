import DNSModel
import Synchronization

extension AuthoritativeResponder {
    /// The server at that address and port that lives in this process, with all that it has published, or else a new one:
    /// a configuration that is read again finds its server again.
    package static func shared(
        zone: DomainName, address: IPAddress, port: UInt16
    ) throws(WireError) -> AuthoritativeResponder {
        let endpoint = Endpoint(address, port: port)
        let known = living.withLock { $0[endpoint]?.server }
        if let known, known.zone == zone { return known }
        let server = try AuthoritativeResponder(zone: zone, address: address, port: port)
        living.withLock { living in
            living = living.filter { $0.value.server != nil }
            living[endpoint] = Living(server: server)
        }
        return server
    }

    private struct Living {
        weak var server: AuthoritativeResponder?
    }

    // Guards the servers at ports that were asked for by number.
    private static let living = Mutex<[Endpoint: Living]>([:])
}
