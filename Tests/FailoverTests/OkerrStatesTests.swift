import DNSModel
import Synchronization
import TestSupport
import Testing
import Wire

@testable import Failover

@Suite("Okerr is told the state of schemes", .timeLimit(.minutes(2)))
struct OkerrStatesTests {
    private let okerr: FakeHTTPServer
    private let clock = ManualClock()
    private let status = Current()
    private let reports = AsyncStream.makeStream(of: String?.self)

    init() throws {
        okerr = try FakeHTTPServer()
        okerr.on("GET", "/api/director/my-project", .response(200, body: okerr.url))
        okerr.on("POST", "/update", .response(200, body: "OK"))
    }

    private var updates: [String] {
        okerr.requests.filter { $0.target == "/update" }.compactMap { request in
            let fields = request.fields
            let name = fields.first { $0.hasPrefix("name=") } ?? ""
            return name + " " + (fields.first { $0.hasPrefix("status=") } ?? "")
        }
    }

    /// Runs beside `body`.
    private func run(_ body: (OkerrStates) async throws -> Void) async throws {
        let states = OkerrStates(network: try Checks.network(), clock: clock) { [reports] in
            reports.continuation.yield($0)
        }
        let project = try #require(
            OkerrSettings(textid: "my-project", secret: Secret("hunter2"), url: okerr.url, prefix: ""))
        let push = NotificationSettings.OkerrPush(project: project, policy: nil)
        let scheme = try Self.scheme()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await states.run { _ in
                    OkerrStates.State(scheme, push, self.status.status, "charlie is published")
                }
            }
            await states.replace(with: [scheme.name])
            try await body(states)
            group.cancelAll()
        }
    }

    /// Lets the time pass that a wake-up is gathered for; the other sleeper is the regular beat.
    private func pass() async {
        await clock.sleeping(count: 2)
        clock.advance(by: .seconds(1))
    }

    private func updates(_ count: Int) async -> [String] {
        while updates.count < count { await Task.yield() }
        return updates
    }

    @Test("at the start, and again when it has changed; what is not known is not told")
    func changes() async throws {
        try await run { states in
            await pass()
            #expect(await updates(1) == ["name=dns%3Acat status=OK"])
            status.status = .critical
            await states.note(SchemeName("cat"))
            await pass()
            #expect(await updates(2).last == "name=dns%3Acat status=ERR")
            status.status = .unknown
            await states.note(SchemeName("cat"))
            await pass()
            status.status = .warning
            await states.note(SchemeName("cat"))
            await pass()
            #expect(await updates(3).map { $0.suffix(3) } == ["=OK", "ERR", "=OK"])
        }
    }

    @Test("why it could not be told is said once")
    func failure() async throws {
        okerr.on("POST", "/update", .response(400, body: "Bad secret"))
        try await run { states in
            await pass()
            var told = reports.stream.makeAsyncIterator()
            #expect(await told.next()??.contains("Bad secret") == true)
            okerr.on("POST", "/update", .response(200, body: "OK"))
            await states.note(SchemeName("cat"))
            await pass()
            #expect(await told.next() == .some(nil))
        }
    }

    /// The scheme's state, as the test wants it.
    private final class Current: Sendable {
        private let value = Mutex(Status.ok)

        var status: Status {
            get { value.withLock(\.self) }
            set { value.withLock { $0 = newValue } }
        }
    }

    private static func scheme() throws -> Scheme {
        Scheme(name: SchemeName("cat"), record: Scheme.Record(name: try DomainName("cat.example.org")), servers: [])
    }
}
