import DNSModel
import Wire

/// Any service that speaks the dyndns2 protocol (help.dyn.com), by a preset or by its own address.
package struct DynDNS2: Provider {
    package static let kind = "dyndns2"
    package let traits: ProviderTraits
    private let preset: DynDNSPreset
    private let service: HTTPService
    private let user: String?
    private let password: Secret

    package init?(reading settings: inout SettingReader) {
        let password = settings.required("password", settings.secret("password"), form: "env:NAME or file:PATH")
        let user = settings.text("user")
        let interval = settings.duration("min_interval", in: .zero...(.seconds(86_400)))
        guard let preset = Self.preset(reading: &settings) else {
            _ = (settings.node("url"), settings.node("timeout"))
            return nil
        }
        if user == nil, !preset.userIsName { settings.note("needs user: give the name that you log in with") }
        let service = HTTPService(
            Self.words(preset.name), base: preset.base, login: .none, otherSecrets: password.map { [$0] } ?? [],
            reading: &settings)
        guard let password, let service, user != nil || preset.userIsName else { return nil }
        (self.preset, self.service, self.user, self.password) = (preset, service, user, password)
        var traits = ProviderTraits()
        traits.types = [.a, .aaaa]
        traits.takesSeveralValues = false
        traits.createsAndDeletes = false
        traits.ttls = nil
        traits.minInterval = interval ?? preset.minInterval
        traits.settleTime = .seconds(60)
        self.traits = traits
    }

    package func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset? { nil }

    package func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] {
        await outcomes(for: changes) { changes in
            let groups = DynDNSUpdate.grouped(changes, for: preset)
            var outcomes: [Int: ProviderOutcome] = [:]
            for group in groups {
                let outcome = await send(DynDNSUpdate(group.map { changes[$0] }, for: preset), over: network)
                for index in group { outcomes[index] = outcome }
            }
            return changes.indices.map { outcomes[$0] ?? .failure(.temporary("\(preset.name) was not asked")) }
        }
    }

    private func send(_ update: DynDNSUpdate, over network: Network) async -> ProviderOutcome {
        var call = ServiceCall.changing(.get, update.path)
        let login = ServiceLogin.basic(user: user ?? update.name.description, password)
        call.headers = login.headers
        do throws(ProviderError) {
            return try await service.send(call, over: network).dynDNSOutcome(of: update.changes)
        } catch {
            return .failure(error)
        }
    }

    /// The preset that `service` names, or one for `server`.
    private static func preset(reading settings: inout SettingReader) -> DynDNSPreset? {
        let name = settings.text("service")
        let server = settings.value("server", form: "a host such as members.dyndns.org, perhaps with a port") { text in
            HostAndPort(text).flatMap { $0.isWellFormed ? text : nil }
        }
        let path = settings.value("path", form: "a path such as /nic/update") { $0.hasPrefix("/") ? $0 : nil }
        if let name {
            let found = DynDNSPreset.all.first { $0.name == name.lowercased() }
            if found == nil {
                let known = DynDNSPreset.all.map(\.name)
                let shown = PrintableText(name).text
                let suggestion = NearestWord.suggestion(for: name, among: known, as: "service")
                settings.note("service", "“\(shown)” \(suggestion); or give server instead")
            }
            if server != nil { settings.note("server", "stands beside service: give one of them") }
            if path != nil { settings.note("path", "stands beside service, which knows its own: leave it out") }
            return found
        }
        guard server != nil || settings.keys.contains("url") else {
            if !settings.keys.contains("server") { settings.note("needs service or server: give one of them") }
            return nil
        }
        return DynDNSPreset(
            name: server ?? "the dyndns2 server", base: "https://\(server ?? "")", path: path ?? "/nic/update")
    }

    private static func words(_ name: String) -> ServiceWords {
        ServiceWords(
            name: name, credential: "the user or the password", credentialAdvice: "compare them with its page",
            absenceAdvice: "check service, server and path")
    }
}
