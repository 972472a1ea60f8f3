import DNSModel

/// Which zone: by its identifier, for which a token needs fewer rights, or by its name.
enum CloudflareZone: Sendable {
    case id(String)
    case name(DomainName)

    init?(reading settings: inout SettingReader) {
        let id = settings.value("zone_id", form: "the 32 hexadecimal digits of the zone's overview page") { text in
            text.utf8.count == 32 && text.utf8.allSatisfy { $0.isASCIIAlphanumeric } ? text : nil
        }
        let name = settings.domainName("zone")
        if settings.keys.contains("zone_id") {
            guard let id else { return nil }
            self = .id(id)
        } else {
            guard let name = settings.required("zone", name, form: "the zone's name, or zone_id") else { return nil }
            self = .name(name)
        }
    }
}
