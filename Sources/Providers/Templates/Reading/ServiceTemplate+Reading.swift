import DNSModel
import Wire

extension ServiceTemplate {
    /// The template that the settings name or, as `custom`, tell in full.
    static func chosen(reading settings: inout SettingReader) -> ServiceTemplate? {
        let names = ready.map(\.name) + [ownName]
        let form = "one of \(names.joined(separator: ", "))"
        guard let name = settings.required("template", settings.text("template"), form: form) else { return nil }
        if name == ownName { return custom(reading: &settings) }
        if let found = ready.first(where: { $0.name == name }) { return found.template }
        let suggestion = NearestWord.suggestion(for: name, among: names, as: "template")
        settings.note("template", "“\(PrintableText(name).text)” \(suggestion)")
        return nil
    }

    private static func custom(reading settings: inout SettingReader) -> ServiceTemplate? {
        let problems = settings.problems.count
        let lookup = settings.group("lookup") { TemplateLookup(reading: &$0) }
        guard let writing = Writing(reading: &settings, lookup: lookup ?? nil) else { return nil }
        var template = ServiceTemplate(name: settings.text("name") ?? "the service", writing: writing)
        template.lookup = lookup ?? nil
        template.apex = settings.text("apex") ?? template.apex
        template.headers = Self.headers(reading: &settings)
        template.parameters = Self.parameters(reading: &settings)
        if let element = settings.requestText("element", as: .json, known: Placeholder.common.union([.value])) {
            template.element = element
        }
        template.textForm = settings.word("txt", ["quoted": .quoted, "plain": .plain]) ?? .quoted
        template.readRules(&settings)
        template.poll = settings.group("poll") { TemplatePoll(reading: &$0) } ?? nil
        template.readTraits(&settings)
        return settings.problems.count == problems ? template : nil
    }

    private mutating func readRules(_ settings: inout SettingReader) {
        ok = ReplyRule.rules("ok", reading: &settings)
        unchanged = ReplyRule.rules("unchanged", reading: &settings)
        temporary = ReplyRule.rules("temporary", reading: &settings)
        fatal = ReplyRule.rules("fatal", reading: &settings)
        echoes = settings.flag("echoes") ?? false
        retryAfter = settings.text("retry_after")
    }

    /// What the service can do follows from what its requests say.
    private mutating func readTraits(_ settings: inout SettingReader) {
        let form = "record types such as A and AAAA"
        traits.types = settings.values("types", form: form) { RecordType($0) }.map { Set($0) }
        traits.readsBack = lookup != nil
        traits.minInterval = settings.duration("min_interval", in: .zero...(.seconds(86_400)))
        traits.settleTime = settings.duration("settle_time", in: .zero...(.seconds(3600))) ?? traits.settleTime
        switch writing {
        case .records: break
        case .rrsets(let set, _, _, let remove):
            traits.createsAndDeletes = remove != nil
            traits.takesSeveralValues = set.body?.text.placeholders.contains { $0.isJSON } ?? false
        }
        let range = 0...Int(Int32.max)
        let most = settings.integer("max_ttl", in: range)
        if let ttl = settings.integer("default_ttl", in: range) { defaultTTL = TTL(UInt32(ttl)) }
        let usesTTL = calls.contains { ($0.body?.text.placeholders ?? []).union($0.path.placeholders).contains(.ttl) }
        traits.ttls = usesTTL ? 0...UInt32(most ?? Int(Int32.max)) : nil
    }

    private static func headers(reading settings: inout SettingReader) -> [Header] {
        settings.group("headers") { settings in
            settings.keys.compactMap { name in
                let value = settings.requestText(name, as: .header, known: Placeholder.common)
                return value.map { Header(name: name, value: $0) }
            }
        } ?? []
    }

    private static func parameters(reading settings: inout SettingReader) -> [RecordType: String] {
        settings.group("parameters") { settings in
            var parameters: [RecordType: String] = [:]
            for key in settings.keys {
                let text = settings.text(key)
                if let type = RecordType(key) {
                    parameters[type] = text
                } else {
                    settings.note(key, "is no record type; give one such as A or AAAA")
                }
            }
            return parameters
        } ?? [:]
    }
}

extension Placeholder {
    /// Those that have a value in every request.
    static let common: Set<Placeholder> = [
        .fqdn, .zone, .sub, .subname, .type, .parameter, .token, .user, .basic,
    ]
}
