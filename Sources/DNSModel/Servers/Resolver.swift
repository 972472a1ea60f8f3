/// A recursive server that people use: an entry of resolvers.json, or one given on the command line.
package struct Resolver: Hashable, Sendable {
    package let id: String
    package var name: String
    /// Who runs it; entries of one operator are one row and count once.
    package var operatorID: String
    package var operatorName: String
    /// The operator's country, as an ISO 3166 code.
    package var country: String?
    package var tier: Tier?
    /// Where it answers over UDP and TCP; where TLS and HTTPS are asked too, unless `bootstrap` says otherwise.
    package var addresses: [IPAddress] = []
    /// Addresses for TLS and HTTPS of a resolver that keeps them apart.
    package var bootstrap: [IPAddress] = []
    package var answersPlainDNS = true
    package var doh: DoHURL?
    /// The name that its certificate is for when asked over TLS.
    package var dot: String?
    package var filtering: String?
    /// What it does with a client's subnet (RFC 7871): `yes`, `no`, or a word on how.
    package var clientSubnet: String?
    package var validatesDNSSEC: Bool?
    /// The longest that it is known to keep a record.
    package var ttlCap: TTL?
    package var identity = Identity()
    /// The entry of the same operator that does not filter.
    package var twin: String?
    package var sources: [String] = []

    package init(id: String, name: String, operatorID: String, operatorName: String) {
        self.id = id
        self.name = name
        self.operatorID = operatorID
        self.operatorName = operatorName
    }

    /// Which sets of resolvers an entry belongs to. `core` is asked by default.
    package enum Tier: String, Hashable, Sendable, CaseIterable {
        case core, extended, encrypted, china
        case regionOnly = "region-only"
        case optional
    }

    /// What an honest answer's identity looks like; a pattern that fails means somebody else answered.
    package struct Identity: Hashable, Sendable {
        /// Of the NSID option (RFC 5001).
        package var nsid: IdentityPattern?
        /// Of the TXT record id.server in class CH (RFC 4892).
        package var idServer: IdentityPattern?

        package init(nsid: IdentityPattern? = nil, idServer: IdentityPattern? = nil) {
            self.nsid = nsid
            self.idServer = idServer
        }
    }
}

/// A regular expression that a server's identity is held against.
package struct IdentityPattern: Hashable, Sendable {
    package let text: String

    /// Takes an expression that is known to be one: reading it costs more than all the rest of a list's entry.
    package init(trusting text: String) {
        self.text = text
    }

    /// Nil when `text` is no regular expression.
    package init?(_ text: String) {
        guard (try? Regex(text)) != nil else { return nil }
        self.text = text
    }

    package func matches(_ identity: String) -> Bool {
        guard let expression = try? Regex(text) else { return false }
        return identity.contains(expression)
    }
}

/// Where DNS over HTTPS is spoken (RFC 8484).
package struct DoHURL: Hashable, Sendable, CustomStringConvertible {
    package let host: String
    package let port: UInt16
    package let path: String

    package init(host: String, port: UInt16 = 443, path: String = "/dns-query") {
        self.host = host
        self.port = port
        self.path = path
    }

    /// Reads `https://host[:port][/path]`, nothing else; an IPv6 address stands in brackets.
    package init?(_ text: some StringProtocol) {
        let scheme = "https://".utf8
        guard text.utf8.prefix(scheme.count).lazy.map(\.lowercasedASCII).elementsEqual(scheme),
            let start = text.utf8.index(text.startIndex, offsetBy: scheme.count, limitedBy: text.endIndex)
        else { return nil }
        let rest = text[start...]
        let authority = rest[..<(rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex)]
        let path = rest[authority.endIndex...]
        // What no URL carries as it is would end the request line, or the part that is sent.
        guard path.utf8.allSatisfy({ (0x21..<0x7F).contains($0) && $0 != UInt8(ascii: "#") }),
            let location = HostAndPort(authority), location.isWellFormed
        else { return nil }
        self.init(host: location.host, port: location.port ?? 443, path: path.isEmpty ? "/dns-query" : String(path))
    }

    package var description: String {
        let shown = host.contains(":") ? "[\(host)]" : host
        return "https://\(shown)\(port == 443 ? "" : ":\(port)")\(path)"
    }
}
