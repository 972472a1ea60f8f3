import DNSModel
import TestSupport
import Testing
import Wire

@testable import Providers

@Suite("Templates of a configuration's own")
struct CustomTemplateTests {
    private let network: Network

    init() throws { network = try .loopback() }

    private static let minimal = Settings(
        ["kind": "http", "template": "custom", "url": "https://dns.example.org"], secrets: ["env:TOKEN": #"t/o k"en"#]
    ).with(["set": ["path": "/update/{fqdn}/{value}"]])

    @Test("A form goes out with every value in its place, and the words of the reply count")
    func form() async throws {
        let server = try FakeHTTPServer()
        server.on(
            "POST", "/nic", .response(200, body: "CHANGED 1"), .response(200, body: "SAME"),
            .response(200, body: "BUSY"), .response(200, body: "NEVER"))
        let settings = Settings(
            ["kind": "http", "template": "custom", "url": server.url, "user": "me", "token": "env:TOKEN"],
            secrets: ["env:TOKEN": "t/o&k"]
        ).with([
            "name": "Example", "types": ["A", "AAAA"], "parameters": ["A": "ip4", "AAAA": "ip6"],
            "headers": ["Authorization": "Basic {basic}", "X-Zone": "{type} of {fqdn}"],
            "set": ["path": "/nic", "form": "host={fqdn}&{parameter}={value}&key={token}"],
            "ok": ["first_word": ["CHANGED", "SAME"]], "unchanged": ["first_word": "SAME"],
            "temporary": ["first_word": "BUSY"], "fatal": [["first_word": "NEVER", "advice": "ask them"]],
        ])
        let provider = try settings.provider()
        #expect(!provider.traits.takesSeveralValues && provider.traits.ttls == nil && !provider.traits.readsBack)
        let change = try RRsetChange.of("cat.example.org", .aaaa, from: ["2001:db8::1"], to: ["2001:db8::2"])
        #expect(try await !provider.apply(change, over: network).isUnchanged)
        #expect(try await provider.apply(change, over: network).isUnchanged)
        let request = try #require(server.requests.first)
        #expect(request.body == "host=cat.example.org&ip6=2001%3Adb8%3A%3A2&key=t%2Fo%26k")
        #expect(request.headers["authorization"] == "Basic bWU6dC9vJms=")
        #expect(request.headers["x-zone"] == "AAAA of cat.example.org")
        #expect(request.headers["content-type"] == "application/x-www-form-urlencoded")
        guard case .failure(.temporary) = await provider.apply([change], over: network)[0] else {
            Issue.record("BUSY is temporary here")
            return
        }
        guard case .failure(.permanent(let message, _)) = await provider.apply([change], over: network)[0] else {
            Issue.record("NEVER is fatal here")
            return
        }
        #expect(message == "Example refused the change of cat.example.org AAAA; ask them")
    }

    @Test("Records are looked up by a filter, replaced by ID, and their state is asked for")
    func records() async throws {
        let server = try FakeHTTPServer()
        let list = """
            {"data": [{"id": 7, "host": "cat", "kind": "A", "values": [{"ip": "192.0.2.1"}], "ttl": 60},
                      {"id": 8, "host": "cat", "kind": "AAAA", "values": [{"ip": "2001:db8::1"}], "ttl": 60},
                      {"id": 9, "host": "dog", "kind": "A", "values": [{"ip": "192.0.2.9"}], "ttl": 60}]}
            """
        server.on("GET", "/z/example.org", .response(200, body: list))
        server.on("PUT", "/r/7", .response(202, body: #"{"job": {"id": "j 1", "state": "queued"}}"#))
        server.on(
            "GET", "/j/j%201", .response(500), .response(200, body: #"{"job": {"id": "j 1", "state": "queued"}}"#),
            .response(200, body: #"{"job": {"id": "j 1", "state": "done"}}"#))
        let call: SettingTree = [
            "method": "PUT", "path": "/r/{record_id}", "json": #"{"ip": "{value}", "ttl": {ttl}}"#,
        ]
        let settings = Settings(["kind": "http", "template": "custom", "url": server.url, "zone": "example.org"]).with([
            "lookup": [
                "path": "/z/{zone}", "list": "/data", "where": ["/host": "{sub}", "/kind": "{type}"], "id": "/id",
                "values": "/values", "value": "/ip", "ttl": "/ttl",
            ],
            "replace": call, "add": ["path": "/r", "json": #"{"ip": "{value}", "ttl": {ttl}}"#],
            "remove": ["method": "DELETE", "path": "/r/{record_id}"],
            "poll": [
                "path": "/j/{poll_id}", "id": "/job/id", "state": "/job/state", "done": "done", "failed": "failed",
            ],
        ])
        var provider = try #require(try settings.provider() as? TemplateProvider)
        provider.polling.clock = JumpingClock()
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        #expect(try await provider.apply(change, over: network).values == change.new)
        #expect(server.requests.map { "\($0.method) \($0.target)" }.filter { $0.hasPrefix("PUT") } == ["PUT /r/7"])
        #expect(server.requests.first { $0.method == "PUT" }?.body == #"{"ip": "192.0.2.2", "ttl": 60}"#)
        #expect(provider.traits.takesSeveralValues && provider.traits.createsAndDeletes && provider.traits.readsBack)
    }

    @Test("A secret that would break out of a header is never sent and never told")
    func headerInjection() async throws {
        let server = try FakeHTTPServer()
        var settings = Settings(["kind": "http", "template": "custom", "url": server.url, "token": "env:TOKEN"]).with([
            "headers": ["Authorization": "Bearer {token}"], "set": ["path": "/{value}"],
        ])
        settings.secrets = ["env:TOKEN": "geheim\r\nX-Admin: yes"]
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        let outcome = try await settings.provider().apply([change], over: network)[0]
        guard case .failure(.permanent(let message, _)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(!message.contains("geheim") && server.connectionCount == 0)
    }

    @Test(
        "Templates that cannot be meant are told, each with its field",
        arguments: [
            Case("nothing wrong", minimal, nil),
            Case("no template", minimal.without("template"), "provider: needs template: give one of desec"),
            Case(
                "a template that does not exist", minimal.with("template", "hetzer"),
                "provider.template: “hetzer” is no template here: did you mean “hetzner”?"),
            Case(
                "no request", minimal.without("set"),
                "provider: needs set: give the request that sets a record"),
            Case("no place to ask", minimal.without("url"), "provider: needs url"),
            Case(
                "a misspelt setting", minimal.with(["retry_afer": "X"]),
                "provider.retry_afer: is no setting here: did you mean “retry_after”?"),
            Case(
                "a misspelt setting within", minimal.without("set").with(["set": ["path": "/x", "metod": "GET"]]),
                "provider.set.metod: is no setting here: did you mean “method”?"),
            Case(
                "a misspelt place", minimal.without("set").with(["set": ["path": "/{fqnd}"]]),
                "provider.set.path: {fqnd} is no placeholder here: did you mean “fqdn”?"),
            Case(
                "two bodies", minimal.without("set").with(["set": ["path": "/x", "json": "{}", "form": "a=b"]]),
                "provider.set.form: stands beside json: a request has one body"),
            Case(
                "a secret that is missing", minimal.with(["headers": ["X-Key": "{token}"]]),
                "provider: needs token: give env:NAME or file:PATH with the service's token"),
            Case(
                "a secret that is written out", minimal.with(["token": "abc"]),
                "provider.token: is written out"),
            Case(
                "a zone that is missing", minimal.without("set").with(["set": ["path": "/{zone}/{value}"]]),
                "provider: needs zone: give the zone's name"),
            Case(
                "a rule that says nothing", minimal.with(["ok": [[:]]]),
                "provider.ok[1]: says nothing about a reply"),
            Case(
                "a status that is none", minimal.with(["ok": ["status": "2xx"]]),
                "provider.ok.status: “2xx” is wrong: give an HTTP status, or a range such as 200-299"),
            Case(
                "half a condition", minimal.with(["ok": ["pointer": "/a"]]),
                "provider.ok.pointer: and equals belong together: give both"),
            Case(
                "records without IDs",
                minimal.without("set").with([
                    "lookup": ["path": "/x", "values": "/v"], "add": ["path": "/x"], "replace": ["path": "/x"],
                    "remove": ["path": "/x"],
                ]), "provider.lookup: needs id: without it no record can be replaced"),
            Case(
                "an ID that nobody looks for", minimal.without("set").with(["set": ["path": "/{record_id}"]]),
                "provider.set.path: {record_id} has no value here; take it away"),
            Case(
                "a poll without an end", minimal.with(["poll": ["path": "/x", "id": "/a", "state": "/b"]]),
                "provider.poll: needs done: give the words for what is done"),
            Case(
                "a pointer that is none", minimal.with(["lookup": ["path": "/x", "values": "records"]]),
                "provider.lookup.values: “records” is wrong: give a JSON pointer"),
            Case(
                "a type that is none", minimal.with(["parameters": ["B": "b"]]),
                "provider.parameters.B: is no record type; give one such as A or AAAA"),
        ] as [Case<Settings, String?>])
    func problems(_ row: Case<Settings, String?>) {
        let problems = row.input.problems
        if let expected = row.output {
            #expect(problems.count == 1 && problems[0].hasPrefix(expected), "\(problems)")
        } else {
            #expect(problems == [])
        }
    }
}
