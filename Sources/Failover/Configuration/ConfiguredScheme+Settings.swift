import DNSModel
import Providers
import Wire

extension ConfiguredScheme {
    /// Reads one scheme; nil when something is wrong with it, which is noted. Whoever calls notes the keys that nobody has
    /// asked for.
    static func read(
        _ name: SchemeName, _ settings: inout SettingReader, source: SettingNode, _ surroundings: SchemeSurroundings
    ) -> ConfiguredScheme? {
        let record = Scheme.Record.read(&settings)
        let alias = settings.domainName("alias")
        let provider = Self.provider(&settings, surroundings.context.providerKinds)
        let policy = PolicySettings.read(&settings, provider?.traits)
        let servers = ConfiguredServer.readAll(&settings, scheme: name, policy, surroundings)
        let canaries = Self.canaries(&settings, scheme: name, surroundings)
        let hooks = HookSettings.read(&settings)
        let notifications = NotificationSettings.read(&settings, surroundings.okerr?.settings)
        guard let record, let provider, !servers.isEmpty else { return nil }
        let scheme = Scheme(
            name: name, record: record, alias: alias, servers: servers.map(\.server), policy: policy.policy,
            canaries: canaries.map(\.id.name))
        SchemeRules(scheme: scheme, traits: provider.traits, kind: type(of: provider).kind).examine(&settings)
        let checks = servers.map(\.check) + canaries
        return ConfiguredScheme(
            scheme: scheme, provider: provider,
            checks: Dictionary(checks.map { ($0.id.name, $0) }) { first, _ in first },
            hooks: surroundings.hooks + hooks, notifications: surroundings.notifications + notifications, source: source
        )
    }

    private static func provider(
        _ settings: inout SettingReader, _ kinds: [any Provider.Type]
    ) -> (any Provider)? {
        guard let node = settings.node("provider") else {
            settings.note(
                "needs provider: give the service that publishes the record, as in provider: {kind: rfc2136, …}")
            return nil
        }
        return settings.nested(node, "provider") { settings in
            let known = kinds.map { $0.kind }
            let form = "one of \(known.sorted().joined(separator: ", "))"
            guard let word = settings.required("kind", settings.text("kind"), form: form) else { return nil }
            guard let kind = kinds.first(where: { $0.kind == word }) else {
                settings.note(
                    "kind",
                    "“\(PrintableText(word).text)” \(NearestWord.suggestion(for: word, among: known, as: "provider"))")
                return nil
            }
            let provider = kind.init(reading: &settings)
            settings.finish()
            return provider
        }
    }

    /// The scheme's own canaries, or those of all schemes.
    private static func canaries(
        _ settings: inout SettingReader, scheme: SchemeName, _ surroundings: SchemeSurroundings
    ) -> [ScheduledCheck] {
        guard settings.keys.contains("canaries") else { return surroundings.canaries }
        return ConfiguredServer.readCanaries(&settings, scheme: scheme, surroundings)
    }
}

extension Scheme.Record {
    /// Reads `record: {name: …, ttl: …}`, or the name alone.
    static func read(_ settings: inout SettingReader) -> Scheme.Record? {
        let form = "the name that is published, as in record: {name: www.example.org, ttl: 300}"
        guard let node = settings.required("record", settings.node("record"), form: form) else { return nil }
        return settings.nested(node, "record", short: "name") { settings in
            let name = settings.required("name", settings.domainName("name"), form: "a domain name")
            let ttl = settings.ttl("ttl")
            settings.finish()
            return name.map { Scheme.Record(name: $0, ttl: ttl) }
        }
    }
}

extension SettingReader {
    /// Seconds, or a time with its unit.
    fileprivate mutating func ttl(_ key: String) -> TTL? {
        value(key, form: "seconds from 0 to 2147483647, or a time such as 5m") { text in
            let seconds = Self.integer(text) ?? Duration(setting: text).map { Int($0.components.seconds) }
            return seconds.flatMap { (0...2_147_483_647).contains($0) ? TTL(UInt32($0)) : nil }
        }
    }
}
