import DNSModel
import Wire

/// An RRset as PowerDNS's API shows it.
struct PowerDNSRRset: Sendable {
    let name: DomainName
    let type: RecordType
    let ttl: TTL?
    /// Those that are served.
    let values: Set<RecordData>
    /// Those that are kept and not served.
    let disabled: Set<RecordData>

    /// Nil for an RRset of a kind that is not the DNS's, such as ALIAS or LUA.
    init?(_ node: JSONNode) {
        guard let name = node["name"]?.string.flatMap({ try? DomainName($0) }),
            let type = node["type"]?.string.flatMap({ RecordType($0) })
        else { return nil }
        (self.name, self.type) = (name, type)
        ttl = node["ttl"]?.ttl
        func data(isDisabled: Bool) -> Set<RecordData> {
            let records = (node["records"]?.elements ?? []).filter { ($0["disabled"]?.bool ?? false) == isDisabled }
            return Set(
                records.compactMap { $0["content"]?.string.flatMap { try? RecordData(parsing: $0, type: type) } })
        }
        (values, disabled) = (data(isDisabled: false), data(isDisabled: true))
    }

    /// What makes an RRset the one that is wanted. Comments stay, and so do records that were taken out of service.
    static func edit(_ change: RRsetChange, of found: PowerDNSRRset?) -> JSONText {
        let kept = (found?.disabled ?? []).subtracting(change.new)
        var fields: [(key: String, value: JSONText)] = [
            ("name", .string(change.name.absolute)), ("type", .string(change.type.description)),
        ]
        guard !change.new.isEmpty || !kept.isEmpty else {
            return .object(fields + [("changetype", .string("DELETE"))])
        }
        let ttl = change.ttl ?? found?.ttl ?? defaultTTL
        fields += [("ttl", .number(Int(ttl.seconds))), ("changetype", .string("REPLACE"))]
        let records =
            change.new.sorted().map { record($0, isDisabled: false) }
            + kept.sorted().map { record($0, isDisabled: true) }
        return .object(fields + [("records", .list(records))])
    }

    private static func record(_ data: RecordData, isDisabled: Bool) -> JSONText {
        // Names in data end with a dot; those of our texts do not.
        let content = data.name.map(\.absolute) ?? data.text
        return .object([("content", .string(content)), ("disabled", .bool(isDisabled))])
    }

    private static let defaultTTL = TTL(300)
}
