import DNSModel
import Wire

/// Amazon Route 53. A change takes the old RRset away and makes the new one in a single batch, which the service makes whole
/// or not at all: when the old one is not exactly what it has, TTL included, nothing happens.
package struct Route53: Provider {
    package static let kind = "route53"
    package let traits: ProviderTraits
    let service: HTTPService
    let zoneID: String
    let signature: AWSSignature
    /// How long to wait for all of the service's servers to have a change.
    let syncLimit: Duration
    let clock: any Clock<Duration>

    package init?(reading settings: inout SettingReader) {
        self.init(reading: &settings, clock: ContinuousClock())
    }

    init?(reading settings: inout SettingReader, clock: some Clock<Duration>) {
        self.clock = clock
        let zone = settings.value("zone_id", form: "the hosted zone's identifier, such as Z1D633PJN98FT9") { text in
            let id = text.hasPrefix("/hostedzone/") ? text.dropFirst(12) : text[...]
            return !id.isEmpty && id.utf8.allSatisfy(\.isASCIIAlphanumeric) ? String(id) : nil
        }
        let zoneID = settings.required("zone_id", zone, form: "the hosted zone's identifier")
        let signature = AWSSignature(reading: &settings)
        syncLimit = settings.duration("sync_limit", in: .zero...(.seconds(600))) ?? .seconds(60)
        let secrets = [signature?.secretAccessKey, signature?.sessionToken].compactMap(\.self)
        let service = HTTPService(
            Self.words, base: "https://route53.amazonaws.com", login: .none, otherSecrets: secrets, reading: &settings)
        guard let zoneID, let signature, let service else { return nil }
        (self.zoneID, self.signature, self.service) = (zoneID, signature, service)
        var traits = ProviderTraits()
        traits.comparesAndSets = true
        traits.readsBack = true
        // The service's own figure for its servers is a minute.
        traits.settleTime = .seconds(60)
        self.traits = traits
    }

    package func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset? {
        let rrset = try await rrsets(of: name, from: type, over: network).first { $0.type == type }
        guard rrset?.isPlain != false else { return PublishedRRset(values: [], isHidden: true) }
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

    private func applyTogether(
        _ changes: [RRsetChange], over network: Network
    ) async throws(ProviderError) -> [ProviderOutcome] {
        let found = try await found(for: changes, over: network)
        let batch = try Route53Batch(changes, found: found)
        guard !batch.isEmpty else {
            return changes.map { .success(ProviderReply("has it already", values: $0.new, isUnchanged: true)) }
        }
        let reply = try await send(batch.call(in: zoneID), over: network)
        if let problem = reply.route53Problem {
            if problem.isAboutBatch { try await explain(changes, found: found, over: network) }
            throw problem.error(for: reply, subject: "the hosted zone \(zoneID)")
        }
        let change = try reply.route53Change()
        let state = await settledState(of: change, over: network)
        let text = "\(reply.text); change \(change.id) is \(state)"
        return changes.map { .success(ProviderReply(text, values: $0.new)) }
    }

    /// What the service has, for the changes whose batch depends on it; the others need no look.
    private func found(
        for changes: [RRsetChange], over network: Network
    ) async throws(ProviderError) -> [Route53RRset] {
        let dependent = changes.filter { $0.old != nil || $0.ttl == nil || $0.new.isEmpty }
        var found: [Route53RRset] = []
        for name in Set(dependent.map(\.name)) {
            let types = dependent.filter { $0.name == name }.map(\.type)
            // The service lists the types of a name in the order of their mnemonics.
            let first = types.min { $0.description < $1.description } ?? .a
            found += try await rrsets(of: name, from: first, over: network)
        }
        return found
    }

    /// Throws a conflict when the service no longer has what a refused batch was made for.
    private func explain(
        _ changes: [RRsetChange], found: [Route53RRset], over network: Network
    ) async throws(ProviderError) {
        let now = try await self.found(for: changes, over: network)
        for change in changes where change.old != nil {
            let before = found.of(change)
            guard let rrset = now.of(change), rrset == before else {
                if now.of(change) == nil, before == nil { continue }
                throw .foreign(change, found: now.of(change)?.values ?? [])
            }
        }
    }

    /// `INSYNC` once all of the service's servers have the change; what it was last said to be when the wait is over.
    private func settledState(of change: Route53Change, over network: Network) async -> String {
        var state = change.state
        var pause = Duration.milliseconds(500)
        var waited = Duration.zero
        while state != Route53Change.settled, waited < syncLimit {
            let wait = min(pause, syncLimit - waited)
            do { try await clock.sleep(for: wait) } catch { break }
            (waited, pause) = (waited + wait, min(pause * 2, .seconds(5)))
            let call = ServiceCall.reading("/2013-04-01/change/\(change.id)")
            // A question that fails changes nothing about the change: ask again.
            guard let reply = try? await send(call, over: network), reply.isSuccess else { continue }
            state = (try? reply.route53Change().state) ?? state
        }
        return state
    }

    private func rrsets(
        of name: DomainName, from type: RecordType, over network: Network
    ) async throws(ProviderError) -> [Route53RRset] {
        let query = "maxitems=100&name=\(name.absolute.urlEscaped)&type=\(type)"
        let reply = try await send(.reading("/2013-04-01/hostedzone/\(zoneID)/rrset?\(query)"), over: network)
        if let problem = reply.route53Problem { throw problem.error(for: reply, subject: "the hosted zone \(zoneID)") }
        let root = try reply.xml()
        guard let sets = root["ResourceRecordSets"] else { throw reply.unintelligible("something else than RRsets") }
        return sets.children.compactMap { Route53RRset($0) }.filter { $0.name == name }
    }

    private func send(_ call: ServiceCall, over network: Network) async throws(ProviderError) -> ServiceReply {
        var call = call
        call.signature = signature
        return try await service.send(call, over: network)
    }

    private static let words = ServiceWords(
        name: "Route 53", credential: "the access key",
        credentialAdvice: "check it, the machine's clock, and that it may list and change the zone's record sets",
        absenceAdvice: "check zone_id")
}

extension AWSSignature {
    /// Reads `access_key_id`, `secret_access_key` and `session_token`.
    fileprivate init?(reading settings: inout SettingReader) {
        let id = settings.required(
            "access_key_id", settings.text("access_key_id"), form: "the key's identifier, such as AKIAIOSFODNN7EXAMPLE")
        let form = "env:NAME or file:PATH"
        let key = settings.required("secret_access_key", settings.secret("secret_access_key"), form: form)
        let token = settings.secret("session_token")
        let region = settings.text("region") ?? "us-east-1"
        guard let id, let key else { return nil }
        self.init(accessKeyID: id, secretAccessKey: key, sessionToken: token, region: region, service: "route53")
    }
}
