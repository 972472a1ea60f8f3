import CSys
import DNSModel

/// Which families of addresses this machine has a route for.
package enum LocalRoutes {
    /// The families in which at least one of `addresses` has a route. Nothing is sent to find out.
    package static func families(towards addresses: some Sequence<IPAddress>) -> Set<IPAddress.Family> {
        var found: Set<IPAddress.Family> = []
        for address in addresses where !found.contains(address.family) {
            if csys_has_route(SocketAddress(address, port: 53).value) { found.insert(address.family) }
        }
        return found
    }
}
