import DNSModel
import Synchronization

/// A small authoritative name server inside this program, for one zone whose records can be changed while it serves: for
/// trying things out where no name server and no account is at hand.
///
/// It answers over UDP and TCP on one port; it neither transfers its zone nor takes updates from the network.
package final class AuthoritativeResponder: Sendable {
    package let zone: DomainName
    package let endpoint: Endpoint
    private let contents: Mutex<ServedZone>
    private let sockets: ResponderSockets
    private let turnstile = Turnstile()

    /// What is published under one name and type.
    package struct Published: Hashable, Sendable {
        package let values: Set<RecordData>
        package let ttl: TTL
    }

    /// Takes the port, or any free one with 0, but serves only once `run` is called.
    ///
    /// `negativeTTL` is how long caches may keep that there is no such record.
    package init(
        zone: DomainName, address: IPAddress, port: UInt16 = 0, negativeTTL: TTL = TTL(5)
    ) throws(WireError) {
        self.zone = zone
        sockets = try ResponderSockets(address, port: port)
        endpoint = Endpoint(address, port: sockets.port)
        contents = Mutex(ServedZone(apex: zone, address: address, negativeTTL: negativeTTL))
    }

    /// Serves until the task is cancelled. Of several that call it, one serves, and the others take over when it ends.
    package func run() async {
        await turnstile.run {
            guard !Task.isCancelled else { return }
            await withDiscardingTaskGroup { group in
                group.addTask { await self.sockets.serveDatagrams { self.reply(to: $0, overUDP: true) } }
                group.addTask { await self.sockets.serveStreams { self.reply(to: $0, overUDP: false) } }
            }
        }
    }

    /// What is published; nil when there is no such RRset.
    package func published(_ name: DomainName, _ type: RecordType) -> Published? {
        contents.withLock { zone in zone[name, type].map { Published(values: $0.values, ttl: $0.ttl) } }
    }

    /// Publishes an RRset instead of the one that is there; without values it takes that away.
    ///
    /// With `old`, only if exactly those values are published (an empty set: none); false when others are, or when the name
    /// is not in the zone.
    @discardableResult
    package func publish(
        _ values: Set<RecordData>, as name: DomainName, _ type: RecordType, ttl: TTL, old: Set<RecordData>? = nil
    ) -> Bool {
        guard name.isSubdomain(of: zone), type != .soa, values.allSatisfy({ $0.type == type }) else { return false }
        return contents.withLock { zone in
            if let old, zone[name, type]?.values ?? [] != old { return false }
            zone.put(ServedZone.RRset(values: values, ttl: ttl), name, type)
            return true
        }
    }

    private func reply(to octets: [UInt8], overUDP: Bool) -> [UInt8]? {
        contents.withLock { $0 }.reply(to: octets, overUDP: overUDP)
    }
}
