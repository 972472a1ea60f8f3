import DNSModel
import Wire

/// Hurricane Electric's dynamic DNS (dns.he.net): one record for each key, which must exist and be marked as dynamic.
///
/// Every reply is an HTTP 200; its first word decides. A record's TTL is set on the service's page.
package struct HurricaneElectric: Provider {
    package static let kind = "he"
    package let traits: ProviderTraits
    private let service: HTTPService
    private let key: Secret

    package init?(reading settings: inout SettingReader) {
        let key = settings.required("key", settings.secret("key"), form: "env:NAME or file:PATH with the record's key")
        let interval = settings.duration("min_interval", in: .zero...(.seconds(86_400)))
        let service = HTTPService(
            Self.words, base: "https://dyn.dns.he.net", login: .none, otherSecrets: key.map { [$0] } ?? [],
            reading: &settings)
        guard let key, let service else { return nil }
        (self.key, self.service) = (key, service)
        var traits = ProviderTraits()
        traits.types = [.a, .aaaa, .txt]
        traits.takesSeveralValues = false
        traits.createsAndDeletes = false
        traits.ttls = nil
        // What other clients keep to; the service locks a record that is updated too often.
        traits.minInterval = interval ?? .seconds(300)
        traits.settleTime = .seconds(60)
        self.traits = traits
    }

    package func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset? { nil }

    package func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] {
        await outcomes(for: changes) { changes in
            var outcomes: [ProviderOutcome] = []
            // The family of the address decides which record is meant: each needs a call of its own.
            for change in changes { outcomes.append(await apply(change, over: network)) }
            return outcomes
        }
    }

    private func apply(_ change: RRsetChange, over network: Network) async -> ProviderOutcome {
        let values = change.new.map { $0.address == nil ? $0.characterStrings : $0.text }
        // The value is never left out: our own address would be set.
        let value = (key: change.type == .txt ? "txt" : "myip", value: values.first ?? "")
        let call = ServiceCall.changing(.post, "/nic/update").form([
            ("hostname", change.name.description), ("password", key.revealed), value,
        ])
        do throws(ProviderError) {
            return try await service.send(call, over: network).dynDNSOutcome(of: [change])
        } catch {
            return .failure(error)
        }
    }

    private static let words = ServiceWords(
        name: "dns.he.net", credential: "the key", credentialAdvice: "copy the record's DDNS key from dns.he.net",
        absenceAdvice: "check url")
}
