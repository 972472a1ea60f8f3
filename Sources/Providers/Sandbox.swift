import DNSModel
import Wire

/// An authoritative server inside this program, so that everything can be tried without an account anywhere. It needs no
/// settings but may have an address, a port and a zone of its own.
///
/// Who runs it calls `serve`; nothing is answered before.
package struct Sandbox: Provider {
    package static let kind = "sandbox"
    package let traits: ProviderTraits
    package let responder: AuthoritativeResponder
    private let ttl: TTL

    package init?(reading settings: inout SettingReader) {
        let zone = settings.required(
            "zone", settings.domainName("zone"), form: "the zone to serve, such as sandbox.test")
        let listen = settings.value("listen", form: "an address, perhaps with a port: 127.0.0.1:5300") { text in
            HostAndPort(text).flatMap { place in place.address.map { ($0, place.port ?? 0) } }
        }
        let ttl = settings.integer("ttl", in: 0...604_800)
        guard let zone, let (address, port) = listen ?? Self.loopback, !settings.keys.contains("ttl") || ttl != nil
        else { return nil }
        do throws(WireError) {
            responder =
                port == 0
                ? try AuthoritativeResponder(zone: zone, address: address)
                : try AuthoritativeResponder.shared(zone: zone, address: address, port: port)
        } catch {
            settings.note("listen", "cannot be used: \(error)")
            return nil
        }
        self.ttl = TTL(UInt32(ttl ?? 15))
        var traits = ProviderTraits()
        traits.comparesAndSets = true
        traits.readsBack = true
        traits.settleTime = .zero
        self.traits = traits
    }

    /// Answers questions until the task is cancelled.
    package func serve() async { await responder.run() }

    package func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset? {
        let published = responder.published(name, type)
        return PublishedRRset(values: published?.values ?? [], ttl: published?.ttl)
    }

    package func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] {
        await outcomes(for: changes) { $0.map(publish) }
    }

    private func publish(_ change: RRsetChange) -> ProviderOutcome {
        let (name, type) = (change.name, change.type)
        guard name.isSubdomain(of: responder.zone) else {
            return .failure(.permanent("\(name) is not in the sandbox's zone \(responder.zone); check zone"))
        }
        let found = responder.published(name, type)
        if let found, found.values == change.new, change.ttl == nil || change.ttl == found.ttl {
            return .success(ProviderReply("has it already", values: change.new, isUnchanged: true))
        }
        let ttl = change.ttl ?? found?.ttl ?? ttl
        // Whoever finds its own value there may still give it another TTL.
        let old = change.old.map { found?.values == change.new ? change.new : $0 }
        guard responder.publish(change.new, as: name, type, ttl: ttl, old: old) else {
            return .failure(.foreign(change, found: responder.published(name, type)?.values ?? []))
        }
        return .success(ProviderReply("published", values: change.new))
    }

    private static let loopback = IPAddress("127.0.0.1").map { ($0, UInt16(0)) }
}
