import DNSModel
import Wire

/// Amazon Route 53, by its API of 2013-04-01.
///
/// A change deletes exactly what was found and creates what is wanted, in one request that is taken whole or not at all:
/// it compares and sets.
package struct Route53: Provider {
    package static let kind = "route53"
    package let traits: ProviderTraits
    private let service: HTTPService
    private let signature: AWSSignature
    private let zoneID: String
    /// How a change is waited for until every server of the service has it.
    var polling: Polling

    package init?(reading settings: inout SettingReader) {
        let zoneID = settings.value("zone_id", form: Self.zoneForm) { Self.zoneID($0) }
        let signature = Self.signature(reading: &settings)
        let wait = settings.duration("wait", in: .zero...(.seconds(600))) ?? .seconds(60)
        let secrets = signature.map { [$0.secretAccessKey, $0.sessionToken].compactMap(\.self) }
        let service = HTTPService(
            Self.words, base: "https://route53.amazonaws.com", login: .none, otherSecrets: secrets ?? [],
            reading: &settings)
        guard let zoneID = settings.required("zone_id", zoneID, form: Self.zoneForm), let signature, let service
        else { return nil }
        (self.service, self.signature, self.zoneID) = (service, signature, zoneID)
        polling = Polling(limit: wait)
        var traits = ProviderTraits()
        traits.comparesAndSets = true
        traits.readsBack = true
        traits.settleTime = .seconds(60)
        self.traits = traits
    }

    package func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset? {
        let rrsets = try await rrsets(of: name, [type], over: network)
        return PublishedRRset(
            values: rrsets.reduce(into: []) { $0.formUnion($1.values) }, ttl: rrsets.compactMap(\.ttl).min(),
            isHidden: rrsets.contains { $0.peculiarity != nil })
    }

    package func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] {
        await outcomes(for: changes, together: true) { changes in
            do throws(ProviderError) {
                return try await applyTogether(changes, after: nil, over: network)
            } catch {
                return changes.allFailing(error)
            }
        }
    }

    /// What the service had when it refused a batch, and how it did.
    private struct Refusal {
        let found: [Route53RRset?]
        let error: ProviderError
    }

    /// Looks, then changes everything in one request. A refused request is followed by another look: only when something
    /// has changed in between is there anything more to do.
    private func applyTogether(
        _ changes: [RRsetChange], after refusal: Refusal?, over network: Network
    ) async throws(ProviderError) -> [ProviderOutcome] {
        let found = try await look(at: changes, over: network)
        if let refusal, refusal.found == found { throw refusal.error }
        var batch = Route53Batch()
        for (change, found) in zip(changes, found) { batch.add(change, to: found) }
        guard !batch.isEmpty else {
            return changes.map { .success(ProviderReply("has it already", values: $0.new, isUnchanged: true)) }
        }
        var call = ServiceCall.changing(.post, "\(zonePath)/rrset")
        call.headers = [HTTPHeader("Content-Type", "text/xml")]
        call.body = Array(batch.xml.utf8)
        let reply = try await send(call, over: network)
        guard reply.isSuccess else {
            let error = reply.route53Error(of: "the change of \(changes[0].name)")
            guard reply.refusesBatch, refusal == nil else { throw error }
            return try await applyTogether(changes, after: Refusal(found: found, error: error), over: network)
        }
        let text = await settled(try reply.xml("ChangeResourceRecordSetsResponse"), over: network)
        return changes.map { .success(ProviderReply("\(reply.text) (\(text))", values: $0.new)) }
    }

    /// What the service has of each change's RRset; throws when that is nobody's whom the change knows of.
    private func look(
        at changes: [RRsetChange], over network: Network
    ) async throws(ProviderError) -> [Route53RRset?] {
        var rrsets: [Route53RRset] = []
        for name in Set(changes.map(\.name)) {
            let types = changes.filter { $0.name == name }.map(\.type)
            rrsets += try await self.rrsets(of: name, Set(types), over: network)
        }
        var found: [Route53RRset?] = []
        for change in changes {
            let rrset = rrsets.first { $0.name == change.name && $0.type == change.type }
            if let peculiarity = rrset?.peculiarity {
                let record = "\(change.name) \(change.type)"
                throw .permanent("\(record) is \(peculiarity); delete it at Route 53 so that a plain one can be made")
            }
            let values = rrset?.values ?? []
            if let old = change.old, values != old, values != change.new { throw .foreign(change, found: values) }
            found.append(rrset)
        }
        return found
    }

    /// The RRsets of a name that have one of these types.
    private func rrsets(
        of name: DomainName, _ types: Set<RecordType>, over network: Network
    ) async throws(ProviderError) -> [Route53RRset] {
        var rrsets: [Route53RRset] = []
        var query = "name=\(name.route53Text.urlEscaped)"
        if let type = types.first, types.count == 1 { query += "&type=\(type)" }
        for _ in 0..<Self.pageLimit {
            let reply = try await send(.reading("\(zonePath)/rrset?maxitems=100&\(query)"), over: network)
            guard reply.isSuccess else { throw reply.route53Error(of: "the zone \(zoneID)") }
            let page = try reply.xml("ListResourceRecordSetsResponse")
            let elements = page["ResourceRecordSets"]?.all("ResourceRecordSet") ?? []
            rrsets += elements.compactMap { Route53RRset($0) }.filter { $0.name == name && types.contains($0.type) }
            // The list goes on with other names: this one's stand together.
            guard page["IsTruncated"]?.text == "true", let next = page.nextQuery, next.name == name else {
                return rrsets
            }
            query = next.text
        }
        throw .permanent("\(name) has more record sets at Route 53 than \(Self.pageLimit) pages hold")
    }

    /// Waits until every server of the service has a change, and tells how that went. The change is made in any case.
    private func settled(_ response: XMLElement, over network: Network) async -> String {
        guard let info = response["ChangeInfo"], let id = info["Id"]?.text.split(separator: "/").last else {
            return "the service named no change to wait for"
        }
        if info["Status"]?.text == "INSYNC" { return "INSYNC" }
        guard polling.limit > .zero else { return "\(id) is PENDING" }
        let path = "/2013-04-01/change/\(String(id).urlEscaped)"
        let answer = await polling.answer { () async -> String? in
            guard let reply = try? await send(.reading(path), over: network) else { return nil }
            if case .permanent(let reason, _) = reply.isSuccess ? nil : reply.route53Error(of: "the change \(id)") {
                return "not waited for: \(reason)"
            }
            let info = try? XMLElement(parsing: reply.body)["ChangeInfo"]
            return info?["Status"]?.text == "INSYNC" ? "\(id) is INSYNC" : nil
        }
        return answer ?? "\(id) was still PENDING after \(polling.limit.settingText)"
    }

    private func send(_ call: ServiceCall, over network: Network) async throws(ProviderError) -> ServiceReply {
        var call = call
        call.signature = signature
        return try await service.send(call, over: network)
    }

    private var zonePath: String { "/2013-04-01/hostedzone/\(zoneID)" }

    private static let pageLimit = 20
    private static let words = ServiceWords(
        name: "Route 53", credential: "the key", credentialAdvice: "check access_key_id and secret_access_key",
        absenceAdvice: "check zone_id")
}

extension XMLElement {
    /// How a list goes on that did not fit: with which name, and what to ask for.
    fileprivate var nextQuery: (name: DomainName, text: String)? {
        guard let text = self["NextRecordName"]?.text, let name = try? DomainName(Route53Text.decoded(text)) else {
            return nil
        }
        let parameters = [
            ("name", text), ("type", self["NextRecordType"]?.text), ("identifier", self["NextRecordIdentifier"]?.text),
        ]
        let parts = parameters.compactMap { name, value in value.map { "\(name)=\($0.urlEscaped)" } }
        return (name, parts.joined(separator: "&"))
    }
}
