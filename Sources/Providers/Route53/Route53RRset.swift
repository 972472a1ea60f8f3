import DNSModel
import Wire

/// An RRset as Route 53 keeps it. It is taken away only by naming exactly what it is: TTL and every value, as written.
struct Route53RRset: Hashable, Sendable {
    let name: DomainName
    let type: RecordType
    let ttl: TTL?
    /// As the service writes them, in its order.
    let texts: [String]
    let values: Set<RecordData>
    /// Why it cannot be changed like a plain one: `an alias of Route 53's own`.
    let peculiarity: String?

    /// Nil for a name or a type that is none.
    init?(_ element: XMLElement) {
        guard let name = element["Name"].flatMap({ try? DomainName(Route53Text.decoded($0.text)) }),
            let type = element["Type"].flatMap({ RecordType($0.text) })
        else { return nil }
        (self.name, self.type) = (name, type)
        ttl = element["TTL"].flatMap { UInt32($0.text) }.map { TTL($0) }
        texts = (element["ResourceRecords"]?.all("ResourceRecord") ?? []).compactMap { $0["Value"]?.text }
        values = Set(texts.compactMap { try? RecordData(parsing: Route53Text.decoded($0), type: type) })
        if element["AliasTarget"] != nil {
            peculiarity = "an alias of Route 53's own"
        } else if let identifier = element["SetIdentifier"]?.text {
            peculiarity = "one of several by routing policy (“\(PrintableText(identifier).text)”)"
        } else if values.count != texts.count {
            peculiarity = "a record set with values that cannot be read"
        } else {
            peculiarity = nil
        }
    }

    /// What a change makes of `found`.
    init(_ change: RRsetChange, insteadOf found: Route53RRset?) {
        name = change.name
        type = change.type
        ttl = change.ttl ?? found?.ttl ?? Self.defaultTTL
        values = change.new
        texts = change.new.sorted().map { Route53Text.encoded($0.name?.absolute ?? $0.text) }
        peculiarity = nil
    }

    var xml: String {
        let records = texts.map { "<ResourceRecord><Value>\($0.xmlEscaped)</Value></ResourceRecord>" }.joined()
        return "<ResourceRecordSet><Name>\(name.route53Text.xmlEscaped)</Name><Type>\(type)</Type>"
            + "<TTL>\(ttl ?? Self.defaultTTL)</TTL><ResourceRecords>\(records)</ResourceRecords></ResourceRecordSet>"
    }

    private static let defaultTTL = TTL(300)
}
