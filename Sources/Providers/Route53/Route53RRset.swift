import DNSModel
import Wire

/// An RRset as Route 53 has it.
struct Route53RRset: Hashable, Sendable {
    let name: DomainName
    let type: RecordType
    let ttl: TTL?
    /// As the service writes them: a deletion must repeat them.
    let texts: [String]
    /// Whether it is a plain RRset, not an alias and not under a routing policy.
    let isPlain: Bool

    var values: Set<RecordData> { Set(texts.compactMap { try? RecordData(parsing: $0, type: type) }) }

    /// Nil for an element that is none, or of a type that we do not know.
    init?(_ element: XMLElement) {
        guard element.name == "ResourceRecordSet", let name = element["Name"].flatMap({ Self.name($0.text) }),
            let type = element["Type"].flatMap({ RecordType($0.text) })
        else { return nil }
        (self.name, self.type) = (name, type)
        ttl = element["TTL"].flatMap { UInt32($0.text) }.map { TTL($0) }
        texts = element["ResourceRecords"]?.children.compactMap { $0["Value"]?.text } ?? []
        isPlain = element["AliasTarget"] == nil && element["SetIdentifier"] == nil
    }

    init(name: DomainName, type: RecordType, ttl: TTL, values: Set<RecordData>) {
        (self.name, self.type, self.ttl) = (name, type, ttl)
        texts = values.sorted().map { $0.name.map(\.absolute) ?? $0.text }
        isPlain = true
    }

    /// Reads a name in which octets stand as three octal digits behind a backslash: `\052` for an asterisk.
    private static func name(_ text: String) -> DomainName? {
        var parts = text.split(separator: "\\", omittingEmptySubsequences: false)
        let head = parts.removeFirst()
        let tail = parts.map { part -> String in
            guard let octet = UInt8(part.prefix(3), radix: 8) else { return "\\\(part)" }
            // Presentation format has decimal digits there (RFC 1035 §5.1).
            let digits = String(octet)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits + part.dropFirst(3)
        }
        return try? DomainName(head + tail.joined())
    }

    var xml: String {
        let records = texts.map { "<ResourceRecord><Value>\($0.xmlEscaped)</Value></ResourceRecord>" }.joined()
        return "<ResourceRecordSet><Name>\(name.absolute.xmlEscaped)</Name><Type>\(type)</Type>"
            + "<TTL>\(ttl?.seconds ?? 0)</TTL><ResourceRecords>\(records)</ResourceRecords></ResourceRecordSet>"
    }
}

extension [Route53RRset] {
    /// What there is of a change's RRset.
    func of(_ change: RRsetChange) -> Route53RRset? { first { $0.name == change.name && $0.type == change.type } }
}
