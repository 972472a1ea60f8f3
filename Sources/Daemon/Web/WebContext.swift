import DNSModel
import Hummingbird
import NIOCore

/// What is known of a request besides the request itself.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    /// Where it came in.
    var door = Door.network
    /// Who asks; `nobody` until somebody has shown who they are.
    var caller = Caller.nobody

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The address of who asks, as limits count: one IPv6 network is one of them. Nil for a Unix-domain socket.
    var client: String? { channel.remoteAddress?.clientName }

    /// The path as the router knows it, such as `/api/v1/schemes/{name}`; nil when there is none.
    var route: String? {
        guard let path = endpointPath, path != "NotFound" else { return nil }
        return path
    }
}

/// The ways into the daemon.
enum Door: Hashable, Sendable {
    /// The socket of commands, which the file system guards.
    case control
    /// What `listen` names.
    case network
}

extension SocketAddress {
    /// An IPv4 address, or the /64 of an IPv6 address: whoever has one address of that has them all.
    var clientName: String? {
        guard let text = ipAddress, let address = IPAddress(text) else { return ipAddress }
        guard address.family == .ipv6 else { return text }
        return address.octets.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
    }
}
