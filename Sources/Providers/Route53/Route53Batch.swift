import DNSModel

/// What one request changes: all of it, or nothing when one part does not fit what the service has.
struct Route53Batch: Sendable {
    private var parts: [String] = []

    var isEmpty: Bool { parts.isEmpty }

    /// Adds what makes `change` of what was `found`; nothing when that is there already.
    ///
    /// Deleting exactly what was found is what compares: the service refuses it when something else is there by then, as
    /// it refuses to create what exists. Without old values there is nothing to compare with.
    mutating func add(_ change: RRsetChange, to found: Route53RRset?) {
        guard !change.isFulfilled(by: found) else { return }
        let wanted = change.new.isEmpty ? nil : Route53RRset(change, insteadOf: found)
        if let wanted, change.old == nil {
            add("UPSERT", wanted)
        } else {
            if let found { add("DELETE", found) }
            if let wanted { add("CREATE", wanted) }
        }
    }

    private mutating func add(_ action: String, _ rrset: Route53RRset) {
        parts.append("<Change><Action>\(action)</Action>\(rrset.xml)</Change>")
    }

    var xml: String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ChangeResourceRecordSetsRequest xmlns=\"\(Self.namespace)\">"
            + "<ChangeBatch><Changes>\(parts.joined())</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>"
    }

    private static let namespace = "https://route53.amazonaws.com/doc/2013-04-01/"
}

extension RRsetChange {
    /// Whether `found` is what the change is to make of it, TTL included.
    fileprivate func isFulfilled(by found: Route53RRset?) -> Bool {
        guard let found else { return new.isEmpty }
        return found.values == new && (ttl == nil || ttl == found.ttl)
    }
}
