import DNSModel
import Wire

/// Cloudflare's API, version 4, with an API token.
///
/// Records are changed by PATCH, never PUT, which would take their proxying, comments and tags away. A fence beside the
/// record makes it compare and set among engines; who edits on the service's pages between our look and our change is
/// overwritten.
package struct Cloudflare: Provider {
    package static let kind = "cloudflare"
    package let traits: ProviderTraits
    let service: HTTPService
    let zone: CloudflareZone
    /// Whether records are to be proxied; nil: as they are.
    let proxied: Bool?
    /// Whether a fence is kept; without one a change is read, written and read again.
    let isFenced: Bool
    let memory = CloudflareMemory()

    package init?(reading settings: inout SettingReader) {
        let form = "env:NAME or file:PATH with an API token that may edit the zone's DNS"
        let token = settings.required("token", settings.secret("token"), form: form)
        let zone = CloudflareZone(reading: &settings)
        let proxied: Bool?? = settings.word("proxied", ["keep": nil, "true": true, "false": false])
        isFenced = settings.flag("fence") ?? true
        let service = HTTPService(
            Self.words, base: "https://api.cloudflare.com/client/v4",
            login: token.map { .authorization(scheme: "Bearer", $0) } ?? .none, reading: &settings)
        guard token != nil, let zone, let service else { return nil }
        self.proxied = proxied ?? nil
        (self.service, self.zone) = (service, zone)
        var traits = ProviderTraits()
        traits.comparesAndSets = isFenced
        traits.readsBack = true
        traits.ttls = 30...86_400
        self.traits = traits
    }

    package func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset? {
        let records = try await records(of: [name], over: network).filter { $0.type == type }
        return PublishedRRset(
            values: Set(records.map(\.data)), ttl: records.compactMap(\.ttl).min(),
            isHidden: records.contains(where: \.isProxied))
    }

    package func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] {
        await outcomes(for: changes, together: true) { changes in
            do throws(ProviderError) {
                return try await applyTogether(changes, again: true, over: network)
            } catch {
                return changes.allFailing(error)
            }
        }
    }

    /// Looks the records up and changes them in one call. When somebody has changed them between the two, it starts anew
    /// once.
    private func applyTogether(
        _ changes: [RRsetChange], again: Bool, over network: Network
    ) async throws(ProviderError) -> [ProviderOutcome] {
        let names = Set(changes.map(\.name))
        let fences = isFenced ? try await fences(of: names, afresh: !again, over: network) : []
        let records = try await records(of: names, over: network)
        var write = CloudflareWrite()
        for change in changes {
            let existing = records.filter { $0.name == change.name && $0.type == change.type }
            let found = Set(existing.map(\.data))
            if let old = change.old, found != old, found != change.new { throw .foreign(change, found: found) }
            write.add(change, existing: existing, proxied: proxied)
        }
        guard !write.isEmpty else {
            return changes.map { .success(ProviderReply("has it already", values: $0.new, isUnchanged: true)) }
        }
        for fence in fences { write.renew(fence) }
        let reply = try await send(write.call(in: try await zoneID(over: network)), over: network)
        if again, reply.saysRecordsHaveChanged { return try await applyTogether(changes, again: false, over: network) }
        let document = try reply.cloudflareResult(of: "the record \(changes[0].name)")
        guard isFenced else { return await readBack(changes, after: reply, over: network) }
        await memory.remember(CloudflareFence.renewed(fences, by: document))
        return changes.map { .success(ProviderReply(reply.text, values: $0.new)) }
    }

    /// All records under names, whatever their type.
    func records(
        of names: Set<DomainName>, over network: Network
    ) async throws(ProviderError) -> [CloudflareRecord] {
        let zone = try await zoneID(over: network)
        var records: [CloudflareRecord] = []
        for name in names {
            let path = "/zones/\(zone.urlEscaped)/dns_records?name.exact=\(name.description.urlEscaped)&per_page=100"
            // Some servers leave the filter out of account: look again here.
            records += try await pages(of: path, subject: "the zone", over: network)
                .compactMap { CloudflareRecord($0) }.filter { $0.name == name }
        }
        return records
    }

    private func zoneID(over network: Network) async throws(ProviderError) -> String {
        switch zone {
        case .id(let id): return id
        case .name(let name):
            if let id = await memory.zoneID { return id }
            let path = "/zones?name=\(name.description.urlEscaped)&per_page=50"
            let zones = try await pages(of: path, subject: "the zone \(name)", over: network)
            let zone = zones.first { $0["name"]?.string.flatMap { try? DomainName($0) } == name }
            guard let id = zone?["id"]?.string else {
                throw .permanent(
                    "Cloudflare shows no zone \(name) to this token; let it read the zone, or give zone_id")
            }
            await memory.remember(zoneID: id)
            return id
        }
    }

    /// The elements of a result that comes in pages, up to the first page that is empty or short of what was counted.
    private func pages(
        of path: String, subject: String, over network: Network
    ) async throws(ProviderError) -> [JSONNode] {
        var elements: [JSONNode] = []
        for page in 1...Self.pageLimit {
            let reply = try await send(.reading("\(path)&page=\(page)"), over: network)
            let document = try reply.cloudflareResult(of: subject)
            guard let result = document["result"], case .array(let nodes) = result.value else {
                throw reply.unintelligible("something else than a list")
            }
            elements += nodes
            let pageCount = document["result_info"]?["total_pages"]?.integer
            if nodes.isEmpty || pageCount.map({ page >= $0 }) == true { return elements }
        }
        throw .permanent("Cloudflare has more than \(Self.pageLimit) pages of \(subject)")
    }

    /// Sends a call unless Cloudflare has said that too many have come: one more would block all of them for five minutes.
    private func send(_ call: ServiceCall, over network: Network) async throws(ProviderError) -> ServiceReply {
        if let wait = await memory.rest(at: .now) {
            throw .temporary("Cloudflare's limit of calls is reached", retryAfter: wait)
        }
        let reply = try await service.send(call, over: network)
        if let wait = reply.cloudflareRest { await memory.rest(until: .now + wait) }
        return reply
    }

    private static let pageLimit = 100
    private static let words = ServiceWords(
        name: "Cloudflare", credential: "the token",
        credentialAdvice: "give one with the permission Zone.DNS Edit for the zone",
        absenceAdvice: "check zone_id")
}

extension ProviderError {
    /// The service has something that nobody expected.
    static func foreign(_ change: RRsetChange, found: Set<RecordData>) -> ProviderError {
        let shown = found.isEmpty ? "nothing" : found.texts.joined(separator: " ")
        let expected = (change.old ?? []).isEmpty ? "nothing" : (change.old ?? []).texts.joined(separator: " ")
        return .conflict(
            "\(change.name) \(change.type) is \(shown) and not \(expected): somebody else has changed it", found: found)
    }
}
