import DNSModel
import Providers
import Wire

/// A provider that answers questions itself: no delegation leads to its servers.
package protocol AuthoritativeProvider: Provider {
    var nameservers: [Endpoint] { get }
}

extension Delegation {
    /// A root without a server, for names that nobody has delegated: questions about them must not leave this machine.
    package static let nowhere = Delegation(
        apex: .root, parent: nil, nameservers: [.root],
        glue: [.root: [IPAddress("127.255.255.254")].compactMap { $0 }])
}

extension Sandbox: AuthoritativeProvider {
    package var nameservers: [Endpoint] { [responder.endpoint] }
}
