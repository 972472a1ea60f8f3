import DNSModel
import Wire

/// The HTTP API of PowerDNS's authoritative server.
///
/// The API cannot compare and set: a change is read, written and read again, so that a rival's in between is told, though
/// not prevented. Where several may write, dynamic updates at the same server (`rfc2136`) compare and set.
package struct PowerDNS: Provider {
    package static let kind = "powerdns"
    package let traits: ProviderTraits
    private let service: HTTPService
    private let zone: DomainName
    private let zonePath: String

    package init?(reading settings: inout SettingReader) {
        let key = settings.required("key", settings.secret("key"), form: "env:NAME or file:PATH with the API key")
        let zone = settings.required("zone", settings.domainName("zone"), form: "the zone's name")
        let server = settings.text("server_id") ?? "localhost"
        let service = HTTPService(
            Self.words, base: nil, login: key.map { .header("X-API-Key", $0) } ?? .none, reading: &settings)
        guard key != nil, let zone, let service else { return nil }
        (self.service, self.zone) = (service, zone)
        // An equals sign stands for a percent sign in the server's names of zones; those of plain letters need none.
        zonePath = "/api/v1/servers/\(server.urlEscaped)/zones/\(zone.absolute.urlEscaped)"
        var traits = ProviderTraits()
        traits.readsBack = true
        traits.settleTime = .seconds(10)
        self.traits = traits
    }

    package func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset? {
        let rrset = try await rrsets(of: name, over: network).first { $0.type == type }
        return PublishedRRset(values: rrset?.values ?? [], ttl: rrset?.ttl)
    }

    package func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] {
        await outcomes(for: changes, together: true) { changes in
            do throws(ProviderError) {
                return try await applyTogether(changes, over: network)
            } catch {
                return changes.allFailing(error)
            }
        }
    }

    /// One PATCH for all, which the server makes whole or not at all.
    private func applyTogether(
        _ changes: [RRsetChange], over network: Network
    ) async throws(ProviderError) -> [ProviderOutcome] {
        var rrsets: [PowerDNSRRset] = []
        for name in Set(changes.map(\.name)) { rrsets += try await self.rrsets(of: name, over: network) }
        var edits: [JSONText] = []
        for change in changes {
            let found = rrsets.first { $0.name == change.name && $0.type == change.type }
            let values = found?.values ?? []
            if let old = change.old, values != old, values != change.new { throw .foreign(change, found: values) }
            if values != change.new || change.ttl != nil && change.ttl != found?.ttl {
                edits.append(PowerDNSRRset.edit(change, of: found))
            }
        }
        guard !edits.isEmpty else {
            return changes.map { .success(ProviderReply("has it already", values: $0.new, isUnchanged: true)) }
        }
        let call = ServiceCall.changing(.patch, zonePath).json(.object([("rrsets", .list(edits))]))
        let reply = try await service.send(call, over: network)
        guard reply.isSuccess else { throw reply.refusal(of: "the zone \(zone)") }
        guard reply.status == 204 else { throw reply.unintelligible("another success than that of a change") }
        return await readBack(changes, after: reply, over: network)
    }

    /// Whether what was written is there: somebody may have written just before or after us.
    private func readBack(
        _ changes: [RRsetChange], after reply: ServiceReply, over network: Network
    ) async -> [ProviderOutcome] {
        var rrsets: [PowerDNSRRset] = []
        do throws(ProviderError) {
            for name in Set(changes.map(\.name)) { rrsets += try await self.rrsets(of: name, over: network) }
        } catch {
            // The server has taken it, and the authoritative servers will tell.
            return changes.map { .success(ProviderReply("\(reply.text); it could not be read back", values: $0.new)) }
        }
        return changes.map { change in
            let found = rrsets.first { $0.name == change.name && $0.type == change.type }?.values ?? []
            return found == change.new
                ? .success(ProviderReply(reply.text, values: found)) : .failure(.overwritten(change, found: found))
        }
    }

    private func rrsets(of name: DomainName, over network: Network) async throws(ProviderError) -> [PowerDNSRRset] {
        let call = ServiceCall.reading("\(zonePath)?rrset_name=\(name.absolute.urlEscaped)")
        let reply = try await service.send(call, over: network)
        guard reply.isSuccess else { throw reply.refusal(of: "the zone \(zone)") }
        guard case .array(let nodes)? = try reply.json()["rrsets"]?.value else {
            throw reply.unintelligible("something else than a zone")
        }
        // Servers before 4.8 give the whole zone whatever is asked.
        return nodes.compactMap { PowerDNSRRset($0) }.filter { $0.name == name }
    }

    private static let words = ServiceWords(
        name: "PowerDNS", credential: "the key", credentialAdvice: "compare it with the server's api-key",
        absenceAdvice: "check zone and server_id")
}

extension DomainName {
    /// With the trailing dot that some services insist on.
    var absolute: String { isRoot ? "." : "\(self)." }
}
