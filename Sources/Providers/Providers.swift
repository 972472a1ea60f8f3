import DNSModel

/// All kinds of provider, and how one is read from a configuration.
package enum Providers {
    /// In the order in which they are shown.
    package static let kinds: [any Provider.Type] = [
        HurricaneElectric.self, DynDNS2.self, Cloudflare.self, PowerDNS.self, Route53.self, TemplateProvider.self,
        ExecProvider.self, RFC2136.self, Sandbox.self,
    ]

    /// Reads a group of settings whose `kind` says what the others mean; nil when a problem was noted.
    ///
    /// Whoever calls notes the keys that nobody has asked for (`finish`), as `group` does.
    package static func provider(reading settings: inout SettingReader) -> (any Provider)? {
        let names = kinds.map { $0.kind }
        let form = "one of \(names.sorted().joined(separator: ", "))"
        let found = settings.text("kind")
        guard let name = settings.required("kind", found, form: form) else {
            settings.passOverRest()
            return nil
        }
        guard let kind = kinds.first(where: { $0.kind == name }) else {
            let shown = PrintableText(name).text
            settings.note("kind", "“\(shown)” " + NearestWord.suggestion(for: name, among: names, as: "provider"))
            settings.passOverRest()
            return nil
        }
        return kind.init(reading: &settings)
    }
}

extension SettingReader {
    /// Counts all settings as read, where nothing can be said about them.
    fileprivate mutating func passOverRest() {
        for key in keys { _ = node(key) }
    }
}
