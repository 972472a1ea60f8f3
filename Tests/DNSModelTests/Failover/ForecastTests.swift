import DNSModel
import FoundationEssentials
import Testing

@Suite("A forecast")
struct ForecastTests {
    private static func forecast(
        _ health: [String: Health], published: Set<RecordData> = a(1),
        memory: FailoverMemory = FailoverMemory(), _ adjust: (inout Scheme) -> Void = { _ in }
    ) -> Forecast {
        let results = Dictionary(
            uniqueKeysWithValues: health.map { (ServerName($0.key), CheckResult($0.value, "HTTP 503")) })
        return Forecast(
            starting: .cat(thresholds: Thresholds(fall: 3, rise: 3, downAfter: .seconds(60)), adjust),
            traits: ProviderTraits(), memory: memory, results: results, view: AuthorityView([.a: .agreed(published)]),
            at: .start)
    }

    @Test("of a start says what would be sent, and why, although thresholds want more results")
    func failover() {
        let forecast = Self.forecast(["charlie": .fail, "echo": .ok, "bravo": .ok])
        #expect(forecast.selected == ["echo"])
        #expect(forecast.changes.map(\.text) == ["A 192.0.2.1 -> 192.0.2.2"])
        #expect(forecast.reason?.contains("charlie") == true)
        #expect(forecast.hold == nil)
        #expect(forecast.after.servers.filter(\.isPublished).map(\.name) == ["echo"])
        #expect(forecast.after.pending == nil && forecast.after.following == nil)
        #expect(forecast.status == .warning, "charlie is down")
    }

    @Test("says that nothing would be sent while all is well")
    func quiet() {
        let forecast = Self.forecast(["charlie": .ok, "echo": .ok, "bravo": .ok])
        #expect(forecast.changes.isEmpty && forecast.held.isEmpty && forecast.hold == nil)
        #expect(forecast.status == .ok && forecast.exitCode == 0)
    }

    @Test("tells what keeps a change back")
    func held() {
        var memory = FailoverMemory()
        var controller = FailoverController(scheme: .cat(), traits: ProviderTraits())
        _ = controller.handle(.ordered(.freeze(.by("alice", "moving"))), at: .start, number: ChangeNumber(1))
        memory = controller.memory
        let forecast = Self.forecast(["charlie": .fail, "echo": .ok, "bravo": .ok], memory: memory)
        #expect(forecast.changes.isEmpty)
        #expect(forecast.held.map(\.text) == ["A 192.0.2.1 -> 192.0.2.2"])
        #expect(forecast.hold == "frozen by alice: moving")
    }

    @Test("of an order says what would follow, and leaves the scheme alone")
    func order() {
        var world = FailoverControllerTests.world()
        world.run(for: 120)
        let before = world.controller
        let order = FailoverOrder.startMaintenance("charlie", .by("alice", "new kernel"))
        let forecast = Forecast(of: order, to: world.controller, at: world.now)
        #expect(forecast.changes.map(\.new) == [["192.0.2.2"]])
        #expect(forecast.selected == ["echo"])
        #expect(world.controller == before)
    }

    @Test("of an order that cannot be obeyed says why")
    func refusal() {
        let controller = FailoverController(scheme: .cat(), traits: ProviderTraits())
        let order = FailoverOrder.endMaintenance("delta", who: "alice")
        let forecast = Forecast(of: order, to: controller, at: .start)
        #expect(forecast.refusal?.contains("charlie, echo, bravo") == true)
        #expect(ForecastPage([forecast]).status == .critical)
    }

    @Test("goes through JSON as it is")
    func json() throws {
        let page = ForecastPage([Self.forecast(["charlie": .fail, "echo": .ok, "bravo": .ok])])
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        #expect(try decoder.decode(ForecastPage.self, from: encoder.encode(page)) == page)
    }
}
