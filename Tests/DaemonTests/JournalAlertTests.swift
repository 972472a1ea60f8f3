import DNSModel
import FoundationEssentials
import Logging
import TestSupport
import Testing
import Wire

@testable import Daemon
@testable import Failover

@Suite("Trouble with the journal itself is told to people", .timeLimit(.minutes(2)))
struct JournalAlertTests {
    @Test("by the ways that the configuration names, and so is its end")
    func told() async throws {
        let server = try FakeHTTPServer()
        server.on("POST", "/hook", .response(204))
        var settings = NotificationSettings()
        settings.webhooks = [.init(url: Secret(server.url + "/hook"), origin: server.url, headers: [:])]
        let network = Network(
            engine: try QueryEngine(), http: HTTPClient(), root: .nowhere, resolvers: ResolverList(resolvers: []))
        let reporter = EngineReporter(logger: Logger(label: "test"), network: network)
        await reporter.configure([], general: settings)
        await reporter.tell(JournalReport(isProblem: true, text: "the disk is full"))
        await reporter.tell(JournalReport(isProblem: false, text: "it is written again"))
        let bodies = server.requests.map(\.body)
        #expect(bodies.count == 2)
        #expect(bodies.first?.contains(#""severity": "critical", "code": "journal""#) == true)
        #expect(bodies.first?.contains(#""scheme": null"#) == true)
        #expect(bodies.last?.contains(#""code": "recovered""#) == true)
    }

    @Test("and by the hooks of alerts")
    func hooks() async throws {
        let directory = try TemporaryDirectory()
        let command = "cat > \(directory.path)/said"
        let network = Network(
            engine: try QueryEngine(), http: HTTPClient(), root: .nowhere, resolvers: ResolverList(resolvers: []))
        let reporter = EngineReporter(
            logger: Logger(label: "test"), network: network, runner: HookRunner(firstNumber: 7))
        let hook = HookSettings.Hook(ProgramCall(path: "/bin/sh", arguments: ["-c", command]))
        await reporter.configure([], hooks: HookSettings([.alert: [hook]]))
        await reporter.tell(JournalReport(isProblem: true, text: "the disk is full"))
        let said = try String(contentsOfFile: directory.path + "/said", encoding: .utf8)
        #expect(said.contains(#""seq": 7, "stage": "alert""#) && said.contains(#""text": "the disk is full""#))
    }

    @Test("who is told of several schemes is told once")
    func union() {
        var settings = NotificationSettings()
        settings.webhooks = [.init(url: Secret("https://a.example"), origin: "https://a.example", headers: [:])]
        #expect(NotificationSettings.union([settings, settings, settings]).webhooks.count == 1)
    }
}
