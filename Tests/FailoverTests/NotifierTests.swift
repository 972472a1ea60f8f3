import DNSModel
import FoundationEssentials
import TestSupport
import Testing
import Wire

@testable import Failover

@Suite("Notifications")
struct NotifierTests {
    private static func notice(_ severity: Alert.Severity = .critical, _ text: String = "all servers are down") throws
        -> Notice
    {
        Notice(
            scheme: SchemeName("cat"), record: try DomainName("cat.example.org"), severity: severity, code: "all-down",
            text: text, time: Date(timeIntervalSince1970: 1_800_000_000))
    }

    private static func webhook(_ url: String, headers: [String: Secret] = [:]) -> NotificationSettings {
        var settings = NotificationSettings()
        settings.webhooks = [NotificationSettings.Webhook(url: Secret(url), origin: "http://hooks", headers: headers)]
        return settings
    }

    @Test("a webhook gets JSON, with the headers that were given")
    func webhook() async throws {
        let server = try FakeHTTPServer()
        server.on("POST", "/hunter2", .response(204))
        let settings = Self.webhook(server.url + "/hunter2", headers: ["Authorization": Secret("Bearer x")])
        #expect(await Notifier(network: try Checks.network()).tell(try Self.notice(), by: settings).isEmpty)
        let request = try #require(server.requests.first)
        #expect(request.headers["authorization"] == "Bearer x")
        #expect(request.headers["content-type"] == "application/json")
        #expect(
            request.body == """
                {"schema": "dnsconverge.notice/1", "time": "2027-01-15T08:00:00Z", "scheme": "cat", \
                "name": "cat.example.org", "severity": "critical", "code": "all-down", "text": "all servers are down"}

                """)
    }

    @Test(
        "a webhook is tried again when it fails in passing, as often as is sensible",
        arguments: [
            Case("once more", [503, 200], ([.seconds(1)], true)),
            Case("as long as the service wants", [429, 200], ([.seconds(7)], true)),
            Case("four times in all", [500, 500, 500, 500, 200], ([.seconds(1), .seconds(5), .seconds(30)], false)),
            Case("not when it is refused", [403, 200], ([], false)),
        ] as [Case<[Int], ([Duration], Bool)>])
    func retries(_ row: Case<[Int], ([Duration], Bool)>) async throws {
        let server = try FakeHTTPServer()
        let answers = row.input.map { status in
            FakeHTTPServer.Answer.response(status, headers: status == 429 ? [("Retry-After", "7")] : [])
        }
        server.script("POST", "/hunter2", answers)
        let clock = JumpingClock()
        let notifier = Notifier(network: try Checks.network(), clock: clock)
        let failures = await notifier.tell(try Self.notice(), by: Self.webhook(server.url + "/hunter2"))
        #expect(clock.sleeps == row.output.0)
        #expect(failures.isEmpty == row.output.1)
        #expect(!failures.joined().contains("hunter2"))
    }

    @Test("only what is severe enough is told")
    func severity() async throws {
        let server = try FakeHTTPServer()
        server.on("POST", "/", .response(204))
        let notifier = Notifier(network: try Checks.network())
        var settings = Self.webhook(server.url + "/")
        #expect(await notifier.tell(try Self.notice(.notice), by: settings).isEmpty)
        #expect(server.requests.isEmpty)
        settings.severity = .notice
        _ = await notifier.tell(try Self.notice(.notice), by: settings)
        #expect(server.requests.count == 1)
    }

    @Test("mail goes to a program as a message that mail servers take")
    func email() async throws {
        let directory = try TemporaryDirectory()
        let program = try directory.program("#!/bin/sh\ncat > \(directory.path)/mail\n")
        var settings = NotificationSettings()
        settings.emails = [
            NotificationSettings.Email(
                recipients: ["ops@example.org", "dev@example.org"], sender: "dns@example.org",
                program: ProgramCall(path: program))
        ]
        let notifier = Notifier(network: try Checks.network())
        #expect(await notifier.tell(try Self.notice(.critical, "down\r\nBcc: all@example.org"), by: settings).isEmpty)
        let lines = try directory.lines("mail")
        #expect(
            lines.prefix(4) == [
                "From: dns@example.org", "To: ops@example.org, dev@example.org",
                "Subject: dnsconverge CRITICAL cat (cat.example.org): down\\u{D}\\u{A}Bcc: all@example.org",
                "Date: Fri, 15 Jan 2027 08:00:00 +0000",
            ])
        #expect(!lines.contains { $0.hasPrefix("Bcc") })
    }

    @Test("a subject outside ASCII is encoded, each part within what one may be long")
    func subject() throws {
        let email = NotificationSettings.Email(
            recipients: ["a@example.org"], sender: nil, program: ProgramCall(path: "x"))
        let message = EmailDelivery(email).message(try Self.notice(.warning, String(repeating: "größer ", count: 12)))
        let lines = message.split(separator: "\n").map(String.init)
        let start = try #require(lines.firstIndex { $0.hasPrefix("Subject: =?utf-8?B?") })
        #expect(lines[start...].prefix { $0.hasPrefix("Subject") || $0.hasPrefix(" ") }.allSatisfy { $0.count <= 85 })
    }

    @Test("mail that the program does not take is told")
    func emailFails() async throws {
        let directory = try TemporaryDirectory()
        let program = try directory.program("#!/bin/sh\necho no route >&2\nexit 75\n")
        var settings = NotificationSettings()
        settings.emails = [
            NotificationSettings.Email(recipients: ["a@example.org"], sender: nil, program: ProgramCall(path: program))
        ]
        let failures = await Notifier(network: try Checks.network()).tell(try Self.notice(), by: settings)
        #expect(failures == ["mail by \(program): no route; “all-down” was not sent"])
    }

    @Test("okerr is told the state of a scheme, save one that is unknown")
    func okerr() async throws {
        let server = try FakeHTTPServer()
        server.on("POST", "/update", .response(200, body: "OK"))
        let project = try #require(OkerrSettings(textid: "okrrdm", url: server.url, isDirect: true, prefix: "host:"))
        let push = OkerrStatePush(
            NotificationSettings.OkerrPush(project: project, policy: "Quick"), network: try Checks.network())
        let scheme = Scheme(
            name: SchemeName("cat"), record: Scheme.Record(name: try DomainName("cat.example.org")), servers: [])
        #expect(await push.push(scheme, .unknown, "?") == nil)
        #expect(server.requests.isEmpty)
        #expect(await push.push(scheme, .critical, "all down") == nil)
        let fields = try #require(server.requests.first?.fields)
        for field in ["name=host%3Adns%3Acat", "status=ERR", "details=all+down", "policy=Quick"] {
            #expect(fields.contains(field), "\(fields)")
        }
    }

    @Test("a sign of life goes out each interval, and what fails is told once it works again too")
    func deadMan() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/hunter2", .response(200), .response(500), .response(200))
        let settings = DeadManSettings(
            url: Secret(server.url + "/hunter2"), origin: server.url, interval: .seconds(60))
        let clock = ManualClock()
        let told = Told()
        let network = try Checks.network()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await DeadManSwitch(settings, network: network, clock: clock).run { text in
                    await told.note(text)
                }
            }
            for minute in 1...3 {
                await clock.sleeping(until: .seconds(60 * minute))
                if minute < 3 { clock.advance(by: .seconds(60)) }
            }
            group.cancelAll()
        }
        #expect(server.requests.count == 3)
        #expect(await told.texts == ["dead_man \(server.url): HTTP 500", nil])
    }

    private actor Told {
        private(set) var texts: [String?] = []

        func note(_ text: String?) { texts.append(text) }
    }
}
