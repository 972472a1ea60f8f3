import DNSModel
import Wire

/// The settings that fill a template's places for everything but the change itself: zone, user and token.
struct TemplateFields {
    let zone: DomainName?
    let values: RequestValues
    let secrets: [Secret]
    let traits: ProviderTraits

    /// Asks for what the template uses.
    init?(of template: ServiceTemplate, reading settings: inout SettingReader) {
        let used = template.usedPlaceholders
        let usesZone = !used.isDisjoint(with: [.zone, .sub, .subname])
        let zone = settings.domainName("zone") ?? template.zone
        if usesZone { _ = settings.required("zone", zone, form: "the zone's name") }
        let usesToken = !used.isDisjoint(with: [.token, .basic])
        let token = settings.secret("token")
        if usesToken { _ = settings.required("token", token, form: "env:NAME or file:PATH with the service's token") }
        let user = settings.text("user")
        let usesUser = !used.isDisjoint(with: [.user, .basic])
        if usesUser { _ = settings.required("user", user, form: "the name that the service knows you by") }
        let leastTTL = settings.integer("min_ttl", in: 0...86_400)
        guard !usesZone || zone != nil, !usesToken || token != nil, !usesUser || user != nil else { return nil }
        var values = RequestValues()
        values[.zone] = zone?.description ?? ""
        values[.token] = token?.revealed ?? ""
        values[.user] = user ?? ""
        let basic = token.map { ServiceLogin.basic(user: user ?? "", $0).secrets[1] }
        values[.basic] = basic?.revealed ?? ""
        self.zone = zone
        self.values = values
        secrets = [token, used.contains(.basic) ? basic : nil].compactMap(\.self)
        var traits = template.traits
        if let leastTTL, let ttls = traits.ttls {
            traits.ttls = UInt32(leastTTL)...max(ttls.upperBound, UInt32(leastTTL))
        }
        self.traits = traits
    }
}

extension ServiceTemplate {
    /// Every placeholder in any of its texts.
    var usedPlaceholders: Set<Placeholder> {
        let texts =
            headers.map(\.value) + [lookup?.path, poll?.path, element].compactMap(\.self)
            + (lookup?.conditions ?? []).map(\.text) + calls.flatMap { [$0.path, $0.body?.text].compactMap(\.self) }
        return texts.reduce(into: []) { $0.formUnion($1.placeholders) }
    }

    var calls: [Call] {
        switch writing {
        case .rrsets(let set, let create, let setTTL, let remove): [set, create, setTTL, remove].compactMap(\.self)
        case .records(let add, let replace, let remove): [add, replace, remove]
        }
    }
}
