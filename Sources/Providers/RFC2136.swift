import DNSModel
import Wire

/// Dynamic updates of a zone at its primary server, signed with TSIG (RFC 2136, RFC 8945).
///
/// All changes go in one message, which the server makes wholly or not at all, and only while the old values are there.
package struct RFC2136: Provider {
    package static let kind = "rfc2136"
    package let traits: ProviderTraits
    private let zone: DomainName
    private let key: TSIGKey?
    private let primary: PrimaryLookup

    package init?(reading settings: inout SettingReader) {
        let zone = settings.required("zone", settings.domainName("zone"), form: "the zone's name")
        let key = Self.key(reading: &settings)
        let place = settings.value("server", form: "the primary server, such as 192.0.2.1 or ns.example.org:5300") {
            text in
            HostAndPort(text).flatMap { $0.isWellFormed ? $0 : nil }
        }
        let transport: Endpoint.Transport? = settings.word("transport", ["udp": .udp, "tcp": .tcp])
        let timeout = settings.duration("timeout", in: .milliseconds(100)...(.seconds(300))) ?? .seconds(5)
        guard let zone, !settings.keys.contains("server") || place != nil, !settings.keys.contains("key") || key != nil
        else { return nil }
        (self.zone, self.key) = (zone, key)
        let retry = RetryPolicy(tryTimeout: timeout / 2, tries: 2, deadline: timeout)
        primary = PrimaryLookup(zone: zone, place: place, transport: transport ?? .udp, retry: retry)
        var traits = ProviderTraits()
        traits.comparesAndSets = true
        traits.readsBack = true
        traits.settleTime = .seconds(10)
        self.traits = traits
    }

    package func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset? {
        try await current(name, type, at: try await server(over: network))
    }

    package func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] {
        await outcomes(for: changes, together: true) { changes in
            do throws(ProviderError) {
                return try await applyTogether(changes, at: try await server(over: network))
            } catch {
                return changes.allFailing(error)
            }
        }
    }

    private func applyTogether(
        _ changes: [RRsetChange], at server: PrimaryServer
    ) async throws(ProviderError) -> [ProviderOutcome] {
        var update = DynamicUpdate(zone: zone, changes: [])
        for change in changes {
            let ttl = try await ttl(for: change, at: server)
            update.replace(change.name, change.type, old: change.old, new: change.new, ttl: ttl)
        }
        do throws(UpdateFailure) {
            try await server.send(update)
            return changes.map { .success(ProviderReply("NOERROR from \(server.endpoint)", values: $0.new)) }
        } catch {
            return try await outcomes(of: error, for: changes, at: server)
        }
    }

    /// The TTL that is wanted, or the one that the server has: an update cannot leave it as it is.
    private func ttl(for change: RRsetChange, at server: PrimaryServer) async throws(ProviderError) -> TTL {
        if let ttl = change.ttl { return ttl }
        guard !change.new.isEmpty, change.old?.isEmpty != true else { return Self.defaultTTL }
        return try await current(change.name, change.type, at: server).ttl ?? Self.defaultTTL
    }

    /// After a failed prerequisite, or silence, the server's own answer says more: it has what was wanted, or what it has
    /// instead.
    private func outcomes(
        of failure: UpdateFailure, for changes: [RRsetChange], at server: PrimaryServer
    ) async throws(ProviderError) -> [ProviderOutcome] {
        let error = ProviderError(failure, server: server.endpoint)
        switch failure {
        case .refused(.prerequisite), .uncertain: break
        default: throw error
        }
        var found: [PublishedRRset] = []
        for change in changes {
            guard let rrset = try? await current(change.name, change.type, at: server) else { throw error }
            found.append(rrset)
        }
        if zip(changes, found).allSatisfy({ $0.new == $1.values }) {
            return changes.map { .success(ProviderReply("the server has it", values: $0.new, isUnchanged: true)) }
        }
        // Silence proves nothing: the message may still be on its way.
        guard case .conflict = error else { throw error }
        for (change, rrset) in zip(changes, found) where rrset.values != change.old && rrset.values != change.new {
            throw .foreign(change, found: rrset.values)
        }
        throw error
    }

    private func current(
        _ name: DomainName, _ type: RecordType, at server: PrimaryServer
    ) async throws(ProviderError) -> PublishedRRset {
        let response: Response
        do throws(UpdateFailure) {
            response = try await server.ask(Question(name, type))
        } catch {
            // A question changes nothing, so silence is no more than that.
            if case .uncertain(let reason) = error { throw .temporary("no answer from the primary: \(reason)") }
            throw ProviderError(error, server: server.endpoint)
        }
        guard [.noError, .nxDomain].contains(response.rcode), response.isAuthoritative else {
            let message =
                "the primary \(server.endpoint) does not serve \(zone) (\(response.rcode)); check server and zone"
            throw .permanent(message)
        }
        let records = response.answer.filter { $0.owner == name && $0.type == type }
        return PublishedRRset(values: Set(records.map(\.data)), ttl: records.map(\.ttl).min())
    }

    private func server(over network: Network) async throws(ProviderError) -> PrimaryServer {
        PrimaryServer(try await primary.endpoint(over: network), key: key, retry: primary.retry)
    }

    /// A TSIG key as a secret: `algorithm:name:secret`, or a BIND key file.
    private static func key(reading settings: inout SettingReader) -> TSIGKey? {
        guard let secret = settings.secret("key") else { return nil }
        do throws(TSIGKeyError) {
            return try TSIGKey(parsing: secret.revealed)
        } catch {
            settings.note("key", "cannot be used: \(error)")
            return nil
        }
    }

    private static let defaultTTL = TTL(300)
}
