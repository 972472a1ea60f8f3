import DNSModel
import Wire

/// What is to be done to a hosted zone, all of it or nothing.
struct Route53Batch {
    private enum Action: String {
        case create = "CREATE"
        case delete = "DELETE"
        case upsert = "UPSERT"
    }

    private var steps: [(action: Action, rrset: Route53RRset)] = []

    var isEmpty: Bool { steps.isEmpty }

    /// `found` is what the service has of the changes that depend on it; throws when that is nothing they may touch.
    init(_ changes: [RRsetChange], found: [Route53RRset]) throws(ProviderError) {
        for change in changes { try add(change, found: found.of(change)) }
    }

    private mutating func add(_ change: RRsetChange, found: Route53RRset?) throws(ProviderError) {
        if found?.isPlain == false {
            let record = "\(change.name) \(change.type)"
            throw .permanent(
                "\(record) is an alias or under a routing policy of Route 53: make it a plain record first")
        }
        let values = found?.values ?? []
        if let old = change.old, values != old, values != change.new { throw .foreign(change, found: values) }
        let ttl = change.ttl ?? found?.ttl ?? Self.defaultTTL
        if let found, values == change.new, found.ttl == ttl { return }
        let wanted = Route53RRset(name: change.name, type: change.type, ttl: ttl, values: change.new)
        // Without knowledge of the old values nothing can be compared.
        guard change.old != nil || change.new.isEmpty else { return steps.append((.upsert, wanted)) }
        if let found { steps.append((.delete, found)) }
        if !change.new.isEmpty { steps.append((.create, wanted)) }
    }

    func call(in zoneID: String) -> ServiceCall {
        let changes = steps.map { "<Change><Action>\($0.action.rawValue)</Action>\($0.rrset.xml)</Change>" }.joined()
        let body =
            #"<?xml version="1.0" encoding="UTF-8"?>"#
            + #"<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">"#
            + "<ChangeBatch><Changes>\(changes)</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>"
        var call = ServiceCall.changing(.post, "/2013-04-01/hostedzone/\(zoneID)/rrset/")
        call.headers = [.init("Content-Type", "application/xml")]
        call.body = Array(body.utf8)
        return call
    }

    private static let defaultTTL = TTL(300)
}
