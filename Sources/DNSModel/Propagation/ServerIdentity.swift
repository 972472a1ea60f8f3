/// How a server names itself.
package struct ServerIdentity: Hashable, Sendable {
    /// The NSID option, as text (RFC 5001).
    package var nsid: String?
    /// The TXT record id.server, or hostname.bind, in class CH (RFC 4892).
    package var idServer: String?

    package init(nsid: String? = nil, idServer: String? = nil) {
        self.nsid = nsid
        self.idServer = idServer
    }

    package var text: String? { nsid ?? idServer }
}

extension ServerIdentity {
    /// How an identity relates to the one that its operator documents.
    package enum Agreement: Hashable, Sendable {
        case holds
        case broken
        /// Nothing was said, or nothing is documented.
        case unknown
    }

    /// `broken` when anything that was said breaks its pattern.
    package func agreement(with patterns: Resolver.Identity) -> Agreement {
        let checks = [(nsid, patterns.nsid), (idServer, patterns.idServer)].compactMap { text, pattern in
            text.flatMap { text in pattern?.matches(text) }
        }
        if checks.contains(false) { return .broken }
        return checks.isEmpty ? .unknown : .holds
    }
}
