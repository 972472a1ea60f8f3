import DNSModel

/// What the placeholders of a recipe stand for.
struct RecipeValues {
    let zone: DomainName?
    let user: String?
    let token: Secret?

    /// For a question about a name.
    func of(_ name: DomainName, _ type: RecordType) -> [Placeholder: String] {
        let sub = zone.flatMap { Self.relative(name, to: $0) } ?? ""
        return [
            .fqdn: name.description, .zone: zone?.description ?? "", .sub: sub.isEmpty ? "@" : sub, .subname: sub,
            .type: type.description, .family: type == .aaaa ? "ipv6" : "ipv4", .token: token?.revealed ?? "",
            .user: user ?? "",
        ]
    }

    /// For a change to `data`, of one record or of all.
    func of(_ change: RRsetChange, data: [RecordData], ttl: TTL, identifier: String? = nil) -> [Placeholder: String] {
        let texts = data.map { $0.name.map(\.absolute) ?? $0.text }
        var values = of(change.name, change.type)
        values[.ttl] = ttl.description
        values[.value] = texts.first ?? ""
        values[.text] = data.first?.characterStrings ?? ""
        values[.valuesJSON] = JSONText.list(texts.map { .string($0) }).text
        values[.recordsJSON] = JSONText.list(texts.map { .object([("value", .string($0))]) }).text
        values[.recordID] = identifier ?? ""
        return values
    }

    /// A name's labels below its zone; empty for the zone itself.
    private static func relative(_ name: DomainName, to zone: DomainName) -> String? {
        guard name.isSubdomain(of: zone), name != zone else { return nil }
        let labels = name.labels.prefix(name.labelCount - zone.labelCount)
        return (try? DomainName(labels: labels))?.description
    }
}
