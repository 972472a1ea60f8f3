extension ResolverList {
    private static let schema = "dnsconverge.resolvers/1"

    /// Reads and checks a list. Keys that it does not know are errors: a mistyped one would be lost silently. In a list
    /// that came with the program, and was checked with it, expressions are trusted.
    package init(json bytes: some Collection<UInt8>, isBuiltIn: Bool = false) throws(ResolverListError) {
        let document: JSONNode
        do {
            document = try JSONNode(parsing: bytes)
        } catch {
            throw ResolverListError(line: error.line, reason: error.reason)
        }
        let fields = try JSONFields(document, subject: nil)
        try fields.allowOnly(["schema", "updated", "sources", "resolvers"])
        let schema = try fields.required("schema")
        guard try schema.string() == Self.schema else {
            throw schema.error("is not \"\(Self.schema)\", the only form that is known")
        }
        updated = try fields["updated"]?.string()
        sources = try Self.sources(fields["sources"])
        var resolvers: [Resolver] = []
        let entries = try fields.required("resolvers").list()
        for entry in entries {
            let resolver = try Self.resolver(entry.node, sources: sources, isBuiltIn: isBuiltIn)
            guard !resolvers.contains(where: { $0.id == resolver.id }) else {
                throw ResolverListError(line: entry.node.line, reason: "the id \"\(resolver.id)\" is used twice")
            }
            resolvers.append(resolver)
        }
        self.resolvers = resolvers
        try checkTwins(entries)
    }

    private static func sources(_ field: JSONField?) throws(ResolverListError) -> [String: String] {
        guard let field else { return [:] }
        var sources: [String: String] = [:]
        for member in try field.members() { sources[member.name] = try member.string() }
        return sources
    }

    private static func resolver(
        _ node: JSONNode, sources: [String: String], isBuiltIn: Bool
    ) throws(ResolverListError) -> Resolver {
        let unnamed = try JSONFields(node, subject: nil)
        let id = try unnamed.required("id").word()
        let fields = try JSONFields(node, subject: "resolver \"\(id)\"")
        try fields.allowOnly(keys)
        var resolver = Resolver(
            id: id, name: try fields.required("name").string(), operatorID: try fields.required("operator").word(),
            operatorName: try fields.required("operator_name").string())
        try readPlaces(fields, into: &resolver)
        try readHabits(fields, into: &resolver, isBuiltIn: isBuiltIn)
        resolver.sources = try fields["sources"]?.strings() ?? []
        if let field = fields["sources"], let unknown = resolver.sources.first(where: { sources[$0] == nil }) {
            throw field.error("\"\(unknown)\" is not among the list's sources")
        }
        return resolver
    }

    private static let keys: Set = [
        "id", "name", "operator", "operator_name", "country", "tier", "addresses", "doh", "dot", "filtering", "ecs",
        "dnssec", "ttl_cap", "identity", "twin", "bootstrap", "do53", "sources",
    ]

    private static func readPlaces(_ fields: JSONFields, into resolver: inout Resolver) throws(ResolverListError) {
        resolver.addresses = try fields["addresses"]?.addresses() ?? []
        resolver.bootstrap = try fields["bootstrap"]?.addresses() ?? []
        resolver.answersPlainDNS = try fields["do53"]?.bool() ?? true
        if let field = fields["doh"] {
            guard let url = DoHURL(try field.string()) else { throw field.error("is no https:// URL") }
            resolver.doh = url
        }
        if let field = fields["dot"] {
            guard (try? DomainName(try field.string())) != nil else { throw field.error("is no host name") }
            resolver.dot = try field.string()
        }
        let isPlain = resolver.answersPlainDNS && !resolver.addresses.isEmpty
        guard isPlain || resolver.doh != nil || resolver.dot != nil else {
            throw fields.error("has no addresses, \"doh\" or \"dot\": there is nowhere to ask it")
        }
    }

    private static func readHabits(
        _ fields: JSONFields, into resolver: inout Resolver, isBuiltIn: Bool
    ) throws(ResolverListError) {
        resolver.country = try fields["country"]?.string()
        let tier = try fields.required("tier")
        guard let known = Resolver.Tier(rawValue: try tier.string()) else {
            throw tier.error("is none of \(Resolver.Tier.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        resolver.tier = known
        resolver.filtering = try fields["filtering"]?.string()
        resolver.clientSubnet = try fields["ecs"]?.string()
        resolver.validatesDNSSEC = try fields["dnssec"]?.bool()
        resolver.ttlCap = try fields["ttl_cap"]?.ttl()
        resolver.twin = try fields["twin"]?.string()
        if let field = fields["identity"] {
            let patterns = try JSONFields(field.node, subject: field.path)
            try patterns.allowOnly(["nsid", "id_server"])
            resolver.identity = Resolver.Identity(
                nsid: try patterns["nsid"]?.pattern(isBuiltIn: isBuiltIn),
                idServer: try patterns["id_server"]?.pattern(isBuiltIn: isBuiltIn))
        }
    }

    private func checkTwins(_ entries: [JSONField]) throws(ResolverListError) {
        for (entry, resolver) in zip(entries, resolvers) {
            guard let twin = resolver.twin, self[id: twin]?.operatorID != resolver.operatorID else { continue }
            let reason = self[id: twin] == nil ? "is not in the list" : "has another operator"
            throw ResolverListError(
                line: entry.node.line, field: "resolver \"\(resolver.id)\": twin", reason: "\"\(twin)\" \(reason)")
        }
    }
}

extension JSONField {
    /// An identifier: letters, digits, `-`, `_` and `.`.
    fileprivate func word() throws(ResolverListError) -> String {
        let text = try string()
        let isWord = text.utf8.allSatisfy { $0.isASCIIAlphanumeric || "-_.".utf8.contains($0) }
        guard isWord, !text.isEmpty else { throw error("is no identifier of letters, digits, and any of - _ .") }
        return text
    }

    fileprivate func strings() throws(ResolverListError) -> [String] {
        var strings: [String] = []
        for element in try list() { strings.append(try element.string()) }
        return strings
    }

    fileprivate func addresses() throws(ResolverListError) -> [IPAddress] {
        var addresses: [IPAddress] = []
        for element in try list() {
            guard let address = IPAddress(try element.string()) else { throw element.error("is no IP address") }
            guard !addresses.contains(address) else { throw element.error("is given twice") }
            addresses.append(address)
        }
        return addresses
    }

    fileprivate func ttl() throws(ResolverListError) -> TTL {
        guard case .number(let number) = node.value, let seconds = UInt32(exactly: number), seconds <= Int32.max
        else { throw error("is no number of seconds") }
        return TTL(seconds)
    }

    fileprivate func pattern(isBuiltIn: Bool) throws(ResolverListError) -> IdentityPattern {
        if isBuiltIn { return IdentityPattern(trusting: try string()) }
        guard let pattern = IdentityPattern(try string()) else { throw error("is no regular expression") }
        return pattern
    }
}
