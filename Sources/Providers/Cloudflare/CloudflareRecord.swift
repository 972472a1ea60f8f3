import DNSModel
import Wire

/// A record as Cloudflare has it.
struct CloudflareRecord: Sendable {
    let id: String
    let name: DomainName
    let type: RecordType
    let data: RecordData
    /// Nil: automatic.
    let ttl: TTL?
    /// Whether Cloudflare answers with addresses of its own.
    let isProxied: Bool
    let comment: String?
    let tags: [String]

    /// Nil for a record of a kind that we do not know.
    init?(_ node: JSONNode) {
        guard let id = node["id"]?.string, let name = node["name"]?.string.flatMap({ try? DomainName($0) }),
            let type = node["type"]?.string.flatMap({ RecordType($0) }),
            let data = node["content"]?.string.flatMap({ try? RecordData(parsing: $0, type: type) })
        else { return nil }
        (self.id, self.name, self.type, self.data) = (id, name, type, data)
        let seconds = node["ttl"]?.ttl
        ttl = seconds == TTL(1) ? nil : seconds
        isProxied = node["proxied"]?.bool ?? false
        comment = node["comment"]?.string
        tags = node["tags"]?.elements.compactMap(\.string) ?? []
    }
}
