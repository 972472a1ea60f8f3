import DNSModel
import FoundationEssentials
import Wire

extension Configuration {
    /// Reads a whole document; nil when it says nothing. What is wrong is noted in `settings`.
    init?(reading settings: inout SettingReader, _ context: ConfigurationContext) {
        guard !settings.keys.isEmpty else {
            if settings.problems.isEmpty {
                settings.note("is empty: give at least schemes: {…} or listen: 127.0.0.1:8053")
            }
            return nil
        }
        // Groups that are there for their anchors.
        for key in settings.keys where key.hasPrefix("x-") { _ = settings.node(key) }
        apiToken = settings.secret("api_token")
        listen = Self.listen(&settings, hasToken: apiToken != nil)
        hosts =
            settings.values("hosts", form: "names by which browsers reach the daemon") { text in
                (try? DomainName(text)).map { _ in text }
            } ?? []
        socket = context.references.path(&settings, "socket") ?? Self.usualSocket
        store = context.references.path(&settings, "store") ?? Self.usualStore
        let days = Duration.seconds(86_400)
        retention = settings.duration("retention", in: days...days * 3650) ?? days * 90
        queryBudget = settings.integer("query_budget", in: 1...10_000) ?? 10
        watchInterval = Self.watchInterval(&settings)
        resolvers = ResolverSettings.read(&settings, context.references)
        deadMan = DeadManSettings.read(&settings)
        (okerr, okerrWebhook) = Self.okerr(&settings)
        surroundings = Self.surroundings(&settings, context, okerr)
        schemes = Self.schemes(&settings, surroundings)
        warnings = []
        settings.finish()
    }

    private static func listen(_ settings: inout SettingReader, hasToken: Bool) -> ListenAddress? {
        let form = "an address and a port such as 127.0.0.1:8053 or [::1]:8053, or unix:/path"
        let listen: ListenAddress? = settings.value("listen", form: form) { text in
            if text.hasPrefix("unix:/"), text.utf8.count <= 5 + 107 { return .socket(path: String(text.dropFirst(5))) }
            guard let location = HostAndPort(text), let address = location.address, let port = location.port
            else { return nil }
            return .network(address, port: port)
        }
        switch listen {
        case .network(let address, _)? where !address.isLoopback && !hasToken:
            settings.note(
                "listen",
                "lets everybody who reaches \(address) change records: give api_token as well, or a loopback address")
        case .socket? where !hasToken:
            settings.note(
                "listen",
                "shows nobody's address, so nobody would be let in: give api_token as well, or a loopback address")
        default: break
        }
        return listen
    }

    private static func watchInterval(_ settings: inout SettingReader) -> Duration? {
        if case .scalar("off", _)? = settings.node("watch_interval")?.value { return nil }
        return settings.duration("watch_interval", in: .seconds(10) ... .seconds(86_400)) ?? .seconds(300)
    }

    private static func okerr(_ settings: inout SettingReader) -> (OkerrSettings?, webhook: Secret?) {
        var webhook: Secret?
        let okerr: OkerrSettings? =
            settings.group("okerr") { settings in
                webhook = settings.secret("webhook")
                let form = "the project's text ID: lower-case letters, digits, - and ."
                let project = settings.value("project", form: form) { OkerrSettings(textid: $0)?.textid }
                let textid = settings.required("project", project, form: form)
                let url = settings.url("url")
                let secret = settings.secret("secret")
                let apiKey = settings.secret("api_key")
                let isDirect = settings.flag("direct") ?? false
                let prefix = settings.text("prefix")
                guard let textid else { return nil }
                return OkerrSettings(
                    textid: textid, secret: secret, apiKey: apiKey, url: url?.description, isDirect: isDirect,
                    prefix: prefix ?? "")
            } ?? nil
        return (okerr, webhook)
    }

    private static func surroundings(
        _ settings: inout SettingReader, _ context: ConfigurationContext, _ okerr: OkerrSettings?
    ) -> SchemeSurroundings {
        var surroundings = SchemeSurroundings(context: context, okerr: okerr.map { OkerrReader($0) })
        surroundings.canaries = ConfiguredServer.readCanaries(&settings, scheme: nil, surroundings)
        surroundings.hooks = HookSettings.read(&settings)
        surroundings.notifications = NotificationSettings.read(&settings, okerr)
        return surroundings
    }

    private static func schemes(
        _ settings: inout SettingReader, _ surroundings: SchemeSurroundings
    ) -> [ConfiguredScheme] {
        var schemes: [ConfiguredScheme] = []
        var owners: [DomainName: SchemeName] = [:]
        for member in settings.named("schemes") {
            let scheme = settings.namedGroup(member, in: "schemes") { settings in
                let name = SchemeName(member.key)
                let scheme = ConfiguredScheme.read(name, &settings, source: member.node, surroundings)
                guard let record = scheme?.scheme.record.name else { return scheme }
                if let owner = owners[record] {
                    settings.note("record.name", "is the record of the scheme \(owner) already: give another")
                }
                owners[record] = owners[record] ?? name
                return scheme
            }
            if let scheme { schemes.append(scheme) }
        }
        return schemes
    }
}

extension DeadManSettings {
    static func read(_ settings: inout SettingReader) -> DeadManSettings? {
        settings.group("dead_man") { settings in
            let form = "the URL that is asked as a sign of life, or env:NAME that holds it"
            let url = settings.required("url", settings.secretURL("url"), form: form)
            let interval = settings.duration("interval", in: .seconds(1) ... .seconds(86_400)) ?? .seconds(60)
            return url.map { DeadManSettings(url: $0.secret, origin: $0.origin, interval: interval) }
        } ?? nil
    }
}

extension ResolverSettings {
    static func read(_ settings: inout SettingReader, _ references: SecretReferences) -> ResolverSettings {
        settings.group("resolvers") { settings in
            var result = ResolverSettings()
            let tiers = Resolver.Tier.allCases
            let known = tiers.map(\.rawValue).joined(separator: ", ")
            let chosen = settings.values("tier", form: "one of \(known) or all") { text in
                text == "all" ? tiers : Resolver.Tier(rawValue: text).map { [$0] }
            }
            if let chosen { result.tiers = Set(chosen.joined()) }
            result.list = settings.file("file", references) { try ResolverList(json: $0) }
            let hints = settings.file("root_hints", references) { octets in
                try RootHints(zoneFile: String(decoding: octets, as: UTF8.self))
            }
            result.rootHints = hints ?? .builtIn
            return result
        } ?? ResolverSettings()
    }
}

extension SettingReader {
    /// What `read` makes of the file that a setting names; what it throws is told with the file's name.
    fileprivate mutating func file<Result>(
        _ key: String, _ references: SecretReferences, read: ([UInt8]) throws -> Result
    ) -> Result? {
        guard let path = references.path(&self, key) else { return nil }
        do {
            return try read(SmallFile.contents(of: path, limit: YAMLDocument.sizeLimit))
        } catch let problem as SmallFile.Problem {
            note(key, "\(PrintableText(path).text) \(problem.reason): give a file that can be read")
        } catch {
            note(key, "\(PrintableText(path).text): \(error)")
        }
        return nil
    }
}

extension SecretReferences {
    /// The path that a setting gives, relative to the configuration's directory.
    fileprivate func path(_ settings: inout SettingReader, _ key: String) -> String? {
        settings.text(key).map { absolute($0) }
    }
}
