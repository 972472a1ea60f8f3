import DNSModel
import Failover
import FoundationEssentials
import Providers

/// Records of schemes with two servers, as tests need them.
enum Samples {
    static let cat = SchemeName("cat")
    static let charlie = ServerName("charlie")
    static let start = Date(timeIntervalSince1970: 1_800_000_000)

    static func plan(_ number: Int64, of scheme: SchemeName = cat) throws -> ChangePlan {
        let change = RRsetChange(
            name: try DomainName("cat.example"), type: .a, ttl: TTL(300), old: try data("192.0.2.1"),
            new: try data("192.0.2.2"))
        return ChangePlan(
            number: ChangeNumber(number), scheme: scheme, changes: [change], selected: [ServerName("echo")],
            reason: "charlie is down (HTTP 503)", decidedAt: start)
    }

    static func data(_ address: String) throws -> Set<RecordData> {
        struct NoAddress: Error {}
        guard let address = IPAddress(address) else { throw NoAddress() }
        return [RecordData(address)]
    }

    static func record(_ event: JournalEvent, after seconds: Double = 0, of scheme: SchemeName? = cat) -> JournalRecord
    {
        JournalRecord(at: start.addingTimeInterval(seconds), scheme: scheme, event)
    }

    /// What a controller remembers after somebody has frozen its scheme.
    static func memory(why: String = "the cable is being changed") throws -> FailoverMemory {
        let name = try DomainName("cat.example")
        let scheme = Scheme(name: cat, record: Scheme.Record(name: name), servers: [])
        var controller = FailoverController(scheme: scheme, traits: ProviderTraits())
        let order = Order(who: "alice", why: why, since: start, until: start.addingTimeInterval(3600))
        _ = controller.handle(.ordered(.freeze(order)), at: start, number: ChangeNumber(1))
        return controller.memory
    }

    static let replies = ProviderReply("good 192.0.2.2 \"as it was\"\r\n\u{1B}", isUnchanged: true)

    static func outcomes() throws -> [PublishOutcome] {
        [
            .accepted(replies), .vetoed("not on a Friday"),
            .failed(.permanent("the key was refused", reply: "badauth")),
            .failed(.temporary("the service is busy", reply: "911", retryAfter: .seconds(600))),
            .failed(.uncertain("the connection broke")),
            .failed(.conflict("somebody was first", found: try data("192.0.2.3"), reply: "NXRRSET")),
            .answered([.success(replies), .failure(.temporary("HTTP 503", reply: "<html>"))]), .answered([]),
        ]
    }

    static func storedScheme(_ settings: String = "record: {name: cat.example}") -> StoredScheme {
        StoredScheme(name: cat, settings: settings, madeAt: start, madeBy: "api:alice")
    }

    /// One of every kind of event, and of what differs within a kind.
    static func events() throws -> [JournalEvent] {
        let number = ChangeNumber(7)
        let order = Order(who: "alice", why: "", since: start, until: start.addingTimeInterval(60))
        let orders: [FailoverOrder] = [
            .startMaintenance(charlie, order), .endMaintenance(charlie, who: "bob"), .pin(charlie, order),
            .unpin(who: "bob"), .freeze(order), .unfreeze(who: "bob"), .push(who: "bob"), .failBack(who: "bob"),
            .pretend(charlie, .fail, order), .endPretence(charlie, who: "bob"),
        ]
        let notes: [FailoverNote] = [
            .health(charlie, from: .ok, to: .fail, reason: "HTTP 503"),
            .maintenance(charlie, isOn: true, who: "okerr", why: "disk"), .expired(.freeze(order)),
            .selected([charlie], reason: "it is the best"), .settled(number, .stuck("ns2 lags")),
        ]
        let observation = ObservedChange(
            name: try DomainName("cat.example"), type: .aaaa, observer: "Quad9", isAuthoritative: false,
            address: "9.9.9.9", verdict: .stale, values: ["2001:db8::1"], ttl: TTL(252))
        return [
            .intent(try plan(7)), .dropped(number, why: "the authority has the old value"),
            .readBack(number, "192.0.2.2"), .spread(number, .authoritative), .spread(number, .converged),
            .convergence(number, Convergence(authoritative: .seconds(1), arrivals: ["Quad9": .milliseconds(12_345)])),
            .observation(observation, number), .observation(observation, nil),
            .alert(Alert(.critical, .allDown, "no server of cat is healthy")),
            .alert(Alert(.notice, .recovered, "one is again", ended: .allDown)), .schemeStored(storedScheme()),
            .schemeRemoved(who: "root@host"), .act(who: "root@host", what: "read the configuration anew"),
        ] + orders.map { .note(.order($0)) } + notes.map { .note($0) } + (try outcomes().map { .outcome(number, $0) })
    }
}
