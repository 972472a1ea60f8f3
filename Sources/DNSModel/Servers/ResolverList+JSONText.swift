extension ResolverList {
    /// The list in the form in which it is read, an entry a line.
    package var json: String {
        var members: [(key: String, value: String)] = [("schema", JSONText.string("dnsconverge.resolvers/1").text)]
        if let updated { members.append(("updated", JSONText.string(updated).text)) }
        let sources = sources.sorted { $0.key < $1.key }.map { ($0.key, JSONText.string($0.value)) }
        members.append(("sources", JSONText.object(sources).text))
        let entries = resolvers.map { "  " + $0.json.text }.joined(separator: ",\n")
        members.append(("resolvers", entries.isEmpty ? "[]" : "[\n\(entries)\n ]"))
        return "{\n" + members.map { " \"\($0.key)\": \($0.value)" }.joined(separator: ",\n") + "\n}"
    }
}

extension Resolver {
    fileprivate var json: JSONText {
        let members: [(key: String, value: JSONText?)] = [
            ("id", .string(id)), ("name", .string(name)), ("operator", .string(operatorID)),
            ("operator_name", .string(operatorName)), ("country", country.map(JSONText.string)),
            ("tier", tier.map { .string($0.rawValue) }), ("addresses", Self.list(addresses)),
            ("doh", doh.map { .string($0.description) }), ("dot", dot.map(JSONText.string)),
            ("filtering", filtering.map(JSONText.string)), ("ecs", clientSubnet.map(JSONText.string)),
            ("dnssec", validatesDNSSEC.map(JSONText.bool)), ("ttl_cap", ttlCap.map { .number(Int($0.seconds)) }),
            ("identity", identityJSON), ("twin", twin.map(JSONText.string)), ("bootstrap", Self.list(bootstrap)),
            ("do53", answersPlainDNS ? nil : .bool(false)), ("sources", Self.list(sources)),
        ]
        return .object(members.compactMap { member in member.value.map { (member.key, $0) } })
    }

    private var identityJSON: JSONText? {
        let patterns = [("nsid", identity.nsid), ("id_server", identity.idServer)].compactMap { key, pattern in
            pattern.map { (key: key, value: JSONText.string($0.text)) }
        }
        return patterns.isEmpty ? nil : .object(patterns)
    }

    private static func list(_ values: [some CustomStringConvertible]) -> JSONText? {
        values.isEmpty ? nil : .list(values.map { .string($0.description) })
    }
}
