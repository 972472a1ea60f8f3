import CSys
import DNSModel

/// Which families of addresses this machine has a route for.
package enum LocalRoutes {
    /// The families in which at least one of `addresses` has a route. Nothing is sent to find out.
    package static func families(towards addresses: some Sequence<IPAddress>) -> Set<IPAddress.Family> {
        var found: Set<IPAddress.Family> = []
        for address in addresses where !found.contains(address.family) && leads(to: address) {
            found.insert(address.family)
        }
        return found
    }

    /// The same, by `others` only where none of `addresses` has a route: a server of this machine or its neighbourhood tells
    /// nothing of the Internet.
    static func families(towards addresses: [IPAddress], orElse others: [IPAddress]) -> Set<IPAddress.Family> {
        let found = families(towards: addresses)
        return found.isEmpty ? families(towards: others) : found
    }

    static func leads(to address: IPAddress) -> Bool {
        csys_has_route(SocketAddress(address, port: 53).value)
    }
}
