import DNSModel
import Wire

/// The least that has to be done to a zone's records so that they become what is wanted.
struct CloudflareWrite {
    private var deleted: [String] = []
    private var patched: [(id: String, fields: [(key: String, value: JSONText)])] = []
    private var posted: [[(key: String, value: JSONText)]] = []

    /// Adds a change of the records that there are. A record is given another value rather than replaced, so that it
    /// keeps what else it has; a new one beside others takes after them.
    mutating func add(_ change: RRsetChange, existing: [CloudflareRecord], proxied: Bool?) {
        var free = existing.filter { !change.new.contains($0.data) }
        for record in existing where change.new.contains(record.data) {
            patch(record, with: settings(of: change, record, proxied: proxied))
        }
        for data in change.new.subtracting(existing.map(\.data)).sorted() {
            if free.isEmpty {
                posted.append(post(data, change, like: existing.first, proxied: proxied))
            } else {
                let record = free.removeFirst()
                patch(record, with: [content(data)] + settings(of: change, record, proxied: proxied))
            }
        }
        deleted += free.map(\.id)
    }

    var isEmpty: Bool { deleted.isEmpty && patched.isEmpty && posted.isEmpty }

    /// Puts another fence in the place of the one that was seen.
    mutating func renew(_ fence: CloudflareFence) {
        deleted += fence.ids
        posted.append([
            ("type", .string("TXT")), ("name", .string(fence.name.description)),
            ("content", .string(CloudflareFence.content)), ("ttl", .number(1)),
        ])
    }

    /// The one call that does it, where there is something to do. Several records go in a batch: all of them or none.
    func call(in zone: String) -> ServiceCall {
        let records = "/zones/\(zone.urlEscaped)/dns_records"
        switch (deleted.count, patched.count, posted.count) {
        case (1, 0, 0): return .changing(.delete, "\(records)/\(deleted[0].urlEscaped)")
        case (0, 1, 0):
            return .changing(.patch, "\(records)/\(patched[0].id.urlEscaped)").json(.object(patched[0].fields))
        case (0, 0, 1): return .changing(.post, records).json(.object(posted[0]))
        default: return .changing(.post, "\(records)/batch").json(batch)
        }
    }

    private var batch: JSONText {
        let parts: [(key: String, value: [JSONText])] = [
            ("deletes", deleted.map { .object([("id", .string($0))]) }),
            ("patches", patched.map { .object([("id", .string($0.id))] + $0.fields) }),
            ("posts", posted.map { .object($0) }),
        ]
        return .object(parts.filter { !$0.value.isEmpty }.map { ($0.key, .list($0.value)) })
    }

    private mutating func patch(_ record: CloudflareRecord, with fields: [(key: String, value: JSONText)]) {
        if !fields.isEmpty { patched.append((record.id, fields)) }
    }

    /// What must change about a record beside its value.
    private func settings(
        of change: RRsetChange, _ record: CloudflareRecord, proxied: Bool?
    ) -> [(key: String, value: JSONText)] {
        var fields: [(key: String, value: JSONText)] = []
        let isProxied = proxied ?? record.isProxied
        // The TTL of a proxied record is always automatic.
        if let ttl = change.ttl, ttl != record.ttl, !isProxied { fields.append(("ttl", .number(Int(ttl.seconds)))) }
        if isProxied != record.isProxied { fields.append(("proxied", .bool(isProxied))) }
        return fields
    }

    private func post(
        _ data: RecordData, _ change: RRsetChange, like model: CloudflareRecord?, proxied: Bool?
    ) -> [(key: String, value: JSONText)] {
        let isProxied = proxied ?? model?.isProxied ?? false
        let ttl = isProxied ? nil : change.ttl ?? model?.ttl
        var fields: [(key: String, value: JSONText)] = [
            ("type", .string(change.type.description)), ("name", .string(change.name.description)), content(data),
            // 1: automatic.
            ("ttl", .number(Int(ttl?.seconds ?? 1))),
        ]
        // Only what can be proxied has the field: A, AAAA and CNAME.
        if isProxied { fields.append(("proxied", .bool(true))) }
        if let comment = model?.comment { fields.append(("comment", .string(comment))) }
        if let tags = model?.tags, !tags.isEmpty { fields.append(("tags", .list(tags.map { .string($0) }))) }
        return fields
    }

    private func content(_ data: RecordData) -> (key: String, value: JSONText) { ("content", .string(data.text)) }
}
