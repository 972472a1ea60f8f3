import DNSModel
import Providers
import Wire

/// A provider that answers questions itself: no delegation leads to its servers.
package protocol AuthoritativeProvider: Provider {
    var nameservers: [Endpoint] { get }
}

extension Sandbox: AuthoritativeProvider {
    package var nameservers: [Endpoint] { [responder.endpoint] }
}
