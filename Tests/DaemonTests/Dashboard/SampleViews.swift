import DNSModel
import Failover
import FoundationEssentials
import TestSupport

@testable import Daemon

/// Schemes at moments worth a page, as a controller knows them. The record is `cat.he.okerr.example`; charlie, echo and
/// bravo have the addresses 192.0.2.1 to 192.0.2.3.
struct SampleScheme {
    private(set) var controller: FailoverController
    private(set) var now = SampleReport.start.addingTimeInterval(-300)
    private var number: Int64 = 40
    private var plans: [ChangePlan] = []

    init(name: String = "cat") {
        let servers = [("charlie", 100), ("echo", 95), ("bravo", 85)].enumerated().map { index, server in
            Scheme.Server(
                name: ServerName(server.0), addresses: [SampleReport.address("192.0.2.\(index + 1)")],
                priority: server.1, thresholds: Thresholds(fall: 1, rise: 1))
        }
        let record = Scheme.Record(name: SampleReport.name("cat.he.okerr.example"), ttl: TTL(300))
        var scheme = Scheme(name: SchemeName(name), record: record, servers: servers)
        scheme.alias = SampleReport.name("cat.okerr.example")
        controller = FailoverController(scheme: scheme, traits: ProviderTraits())
    }

    mutating func take(_ event: FailoverEvent, after seconds: Double = 1) {
        now += seconds
        number += 1
        let actions = controller.handle(event, at: now, number: ChangeNumber(number))
        plans += actions.compactMap { if case .publish(let plan) = $0 { plan } else { nil } }
    }

    mutating func check(_ server: String, _ health: Health, _ reason: String, latency: Int = 12) {
        take(.checked(ServerName(server), CheckResult(health, reason, latency: .milliseconds(latency))))
    }

    mutating func look(_ address: String) {
        take(.looked(AuthorityView([.a: .agreed([RecordData(SampleReport.address(address))])])))
    }

    /// All are well, and charlie is published.
    mutating func settle() {
        check("charlie", .ok, "HTTP 200 after 12 ms")
        check("echo", .ok, "HTTP 200 after 31 ms", latency: 31)
        check("bravo", .ok, "connected after 8 ms", latency: 8)
        look("192.0.2.1")
    }

    /// Charlie fails, and echo is published.
    mutating func failOver(reply: String = "good 192.0.2.2") {
        check("charlie", .fail, "HTTP 503 after 14 ms", latency: 14)
        guard let plan = plans.last else { preconditionFailure("charlie's failure must change the record") }
        take(.published(plan.number, .accepted(ProviderReply(reply))))
        look("192.0.2.2")
    }

    func view(_ reports: [PropagationReport] = [], changes: [ChangeRecord] = []) -> SchemeView {
        let now = reports.map(\.reportedAt).max().map { max($0, self.now) } ?? now
        var status = SchemeStatus(of: controller, reports: reports, at: now)
        status.provider = "rfc2136"
        status.source = .store
        for (index, check) in ["http", "http", "tcp"].enumerated() { status.servers[index].check = check }
        return SchemeView(status: status, reports: reports, changes: changes, history: history, now: now)
    }

    var plan: ChangePlan? { plans.last }

    /// A change that arrived over `seconds` at fourteen operators, or at the first `arrived` of them.
    static func change(_ number: Int64, ago: Double, over seconds: Double, arrived: Int = 14) -> ChangeRecord {
        let names = SampleReport.operators.map(\.0)
        let arrivals = names.prefix(arrived).enumerated().map { index, name in
            (name, Duration.milliseconds(Int(seconds * 1000) * (index * index + 4) / 173))
        }
        let decided = SampleReport.start.addingTimeInterval(-ago)
        let plan = ChangePlan(
            number: ChangeNumber(number), scheme: SchemeName("cat"), changes: [], selected: [ServerName("echo")],
            reason: "charlie is down", decidedAt: decided)
        return ChangeRecord(
            plan: plan,
            convergence: Convergence(
                authoritative: .seconds(1), arrivals: Dictionary(arrivals) { first, _ in first },
                waiting: Set(names.dropFirst(arrived))))
    }

    private var history: [HistoryEntry] {
        func entry(_ ago: Double, _ event: JournalEvent) -> HistoryEntry? {
            HistoryEntry(
                JournalRecord(at: SampleReport.start.addingTimeInterval(-ago), scheme: controller.scheme.name, event))
        }
        let charlie = ServerName("charlie")
        let change = plan.map { plan in
            [
                entry(1, .spread(plan.number, .authoritative)),
                entry(3, .outcome(plan.number, .accepted(ProviderReply("good 192.0.2.2")))), entry(3, .intent(plan)),
                entry(4, .note(.selected(plan.selected, reason: plan.reason))),
                entry(4, .note(.health(charlie, from: .ok, to: .fail, reason: "HTTP 503 after 14 ms"))),
            ]
        }
        let before = [
            entry(3700, .note(.order(.endMaintenance(charlie, who: "web:alice")))),
            entry(
                90_000,
                .schemeStored(
                    StoredScheme(
                        name: controller.scheme.name, settings: "", madeAt: SampleReport.start, madeBy: "web:alice"))),
        ]
        return ((change ?? []) + before).compactMap(\.self)
    }
}

/// The pages that golden files hold.
enum SamplePages {
    static let frame = PageFrame(
        version: "1.0", token: "0123456789abcdef", now: SampleReport.start.addingTimeInterval(2))

    static var calm: SchemeView {
        var scheme = SampleScheme()
        scheme.settle()
        return scheme.view(
            [SampleReport.converged().report], changes: [SampleScheme.change(31, ago: 86_400, over: 190)])
    }

    static var failover: SchemeView {
        var scheme = SampleScheme()
        scheme.settle()
        scheme.failOver()
        let changes = [
            SampleScheme.change(scheme.plan?.number.value ?? 0, ago: 60, over: 70, arrived: 11),
            SampleScheme.change(31, ago: 86_400, over: 190), SampleScheme.change(22, ago: 186_400, over: 260),
            SampleScheme.change(17, ago: 286_400, over: 120),
        ]
        return scheme.view([SampleReport.converging().report], changes: changes)
    }

    static var orders: SchemeView {
        var scheme = SampleScheme()
        scheme.settle()
        let now = scheme.now
        let order = Order(who: "web:alice", why: "new kernel", since: now, until: now.addingTimeInterval(3600))
        scheme.take(.ordered(.startMaintenance(ServerName("bravo"), order)))
        scheme.take(.ordered(.pin(ServerName("charlie"), order)))
        scheme.take(.ordered(.freeze(Order(who: "root@host", why: "moving house", since: now))))
        var view = scheme.view([SampleReport.held().report])
        view.status.source = .file
        return view
    }

    /// Everything that comes from outside would be a script if it could.
    static var hostile: SchemeView {
        let evil = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
        var scheme = SampleScheme()
        scheme.settle()
        scheme.failOver(reply: evil + "\nsecond line\u{202E}")
        scheme.check("echo", .warn, evil)
        scheme.take(.ordered(.pin(ServerName("echo"), Order(who: evil, why: evil, since: scheme.now))))
        var sample = SampleReport("txt.he.okerr.example", type: .txt)
        sample.addServer("ns1", .texts([evil], ttl: 300))
        sample.addResolver(evil, .texts([evil], ttl: 120), country: evil, nsid: evil)
        sample.addResolver("Sick", .rcode(.servFail, ede: ExtendedError(code: 22, text: evil)))
        return scheme.view([sample.report, SampleReport.hostile().report, SampleReport.broken().report])
    }

    static func list() -> [SchemeStatus] {
        var dog = SampleScheme(name: "dog").view().status
        dog.source = .file
        return [
            calm.status, dog,
            {
                var status = failover.status; status.name = "bird"; return status
            }(),
        ]
    }
}
