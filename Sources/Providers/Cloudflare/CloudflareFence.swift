import DNSModel

/// A TXT record beside a name that every engine replaces in the very call that changes the name's records: whoever has seen
/// an earlier one is refused, and nothing of its call is done.
struct CloudflareFence: Sendable {
    let name: DomainName
    /// Of the records that are there: one, or none before the first change.
    let ids: [String]

    /// The same for everybody: of two who make the first one, the second is refused.
    static let content = "\"dnsconverge changes this record\""

    /// `_dnsconverge.` and the name, without its asterisk; nil when that is too long.
    static func name(for record: DomainName) -> DomainName? {
        let labels = record.labels.drop { $0.elementsEqual([UInt8(ascii: "*")]) }
        return try? DomainName(labels: [ArraySlice("_dnsconverge".utf8)] + labels)
    }

    /// The fences as a batch has renewed them, from what the service says of it.
    static func renewed(_ fences: [CloudflareFence], by document: JSONNode) -> [CloudflareFence] {
        let made = (document["result"]?["posts"]?.elements ?? []).compactMap { CloudflareRecord($0) }
        return fences.map { fence in
            CloudflareFence(name: fence.name, ids: made.filter { $0.name == fence.name && $0.type == .txt }.map(\.id))
        }
    }
}
