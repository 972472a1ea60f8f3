import DNSModel
import Failover
import FoundationEssentials
import Providers
import Wire

@testable import Daemon

/// An engine with one scheme of three servers, on a name server inside the test.
struct EngineBench: Sendable {
    let sandbox: Sandbox
    let journal: any Journal
    let engine: FailoverEngine
    /// Looks at the name servers as a patrol does.
    let look: RegularLook
    let watch: RecordWatch
    let scheme: Scheme

    static let name = SchemeName("cat")

    /// `provider` stands between the engine and the sandbox.
    init(
        sandbox: Sandbox? = nil, journal: any Journal = MemoryJournal(), memory: FailoverMemory? = nil,
        gatekeeper: any Gatekeeper = OpenGate(), provider: ((Sandbox) -> any Provider)? = nil,
        hooks: any ChangeHooks = NoHooks(), hub: EventHub? = nil
    ) async throws {
        let sandbox = try sandbox ?? Self.sandbox()
        self.sandbox = sandbox
        self.journal = journal
        scheme = try Self.scheme()
        let network = Network(
            engine: try QueryEngine(), http: HTTPClient(),
            root: Delegation(apex: .root, parent: nil, nameservers: [], glue: [:]),
            resolvers: ResolverList(resolvers: []))
        watch = RecordWatch(hub: hub)
        look = RegularLook(network: network, settings: CheckSettings([]))
        let parts = EngineParts(
            journal: journal, network: network, lookout: Lookout(network: network),
            follower: ChangeFollower(network: network, settings: CheckSettings([])),
            publisher: Publisher(network: network, gatekeeper: gatekeeper),
            numbers: ChangeNumbers(after: await journal.state().lastChange), observer: watch)
        engine = FailoverEngine(parts, memories: memory.map { [Self.name: $0] } ?? [:])
        await engine.configure([EngineScheme(scheme, provider: provider?(sandbox) ?? sandbox, hooks: hooks)])
    }

    /// Runs the engine beside `body`, and ends it then.
    func run(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await engine.run() }
            try await body()
            await engine.stop()
            try await group.waitForAll()
        }
    }

    func report(_ health: [String: Health]) async {
        for (name, health) in health.sorted(by: { $0.key < $1.key }) {
            await engine.deliver(CheckResult(health, "the test says so"), of: ServerName(name), in: Self.name)
        }
    }

    /// What the name server has now.
    var published: [String] {
        sandbox.responder.published(scheme.record.name, .a)?.values.texts ?? []
    }

    static func sandbox() throws -> Sandbox {
        struct NoSandbox: Error {}
        let place = SettingNode.Place(line: 1, column: 1)
        let zone = SettingNode.Member(key: "zone", place: place, node: SettingNode(.scalar("test", isQuoted: false)))
        var settings = SettingReader(SettingNode(.mapping([zone])), path: "") { _ throws(SecretProblem) in
            throw SecretProblem("no secrets here")
        }
        guard let sandbox = Sandbox(reading: &settings) else { throw NoSandbox() }
        return sandbox
    }

    private static func scheme() throws -> Scheme {
        struct NoAddress: Error {}
        var policy = Policy()
        policy.minInterval = .zero
        let servers = try ["charlie", "echo", "bravo"].enumerated().map { index, name in
            guard let address = IPAddress("192.0.2.\(index + 1)") else { throw NoAddress() }
            return Scheme.Server(
                name: ServerName(name), addresses: [address], priority: 100 - index,
                thresholds: Thresholds(fall: 1, rise: 1))
        }
        return Scheme(
            name: name, record: Scheme.Record(name: try DomainName("cat.test"), ttl: TTL(1)), servers: servers,
            policy: policy)
    }
}

/// Sees what an engine does, in its order.
final class RecordWatch: EngineObserver {
    private let records = AsyncStream.makeStream(of: JournalEvent.self)
    private let alerts = AsyncStream.makeStream(of: Alert.self)
    private let hub: EventHub?

    init(hub: EventHub?) {
        self.hub = hub
    }

    func alert(_ alert: Alert, of scheme: SchemeName) { alerts.continuation.yield(alert) }
    func record(_ record: JournalRecord) { records.continuation.yield(record.event) }
    func spread(_ spread: Spread, of plan: ChangePlan, convergence: Convergence) {}
    func changed(_ scheme: SchemeName) { hub?.changed(scheme) }

    /// The next event that something can be made of; those before it are passed over.
    func next<Result>(_ read: (JournalEvent) -> Result?) async -> Result? {
        for await event in records.stream {
            if let result = read(event) { return result }
        }
        return nil
    }

    /// The next plan whose outcome is told, with that.
    func nextOutcome() async -> PublishOutcome? {
        await next { if case .outcome(_, let outcome) = $0 { outcome } else { nil } }
    }

    func nextSpread() async -> Spread? {
        await next { if case .note(.settled(_, let spread)) = $0 { spread } else { nil } }
    }

    func nextAlert() async -> Alert? {
        for await alert in alerts.stream { return alert }
        return nil
    }
}
