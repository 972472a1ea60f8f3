import DNSModel
import TestSupport
import Testing
import Wire

@testable import Providers

@Suite("The http provider")
struct RecipeTests {
    static let escaping: [Case<(String, TemplateText.Context), String>] = [
        Case("a path", ("/zones/{zone}/{value}", .url), "/zones/a%2Fb%3F%23%26%20c/%22x%22%5C%20%26%3D%C3%A9"),
        Case("a query", ("/?v={value}", .url), "/?v=%22x%22%5C%20%26%3D%C3%A9"),
        Case("a form", ("v={value}&w=1", .form), "v=%22x%22%5C%20%26%3D%C3%A9&w=1"),
        Case("a JSON string", (#"{"v": "{value}"}"#, .json), #"{"v": "\"x\"\\ &=é"}"#),
        Case("a JSON list", (#"{"v": {values_json}}"#, .json), #"{"v": ["a\"b"]}"#),
        Case("a JSON number", (#"{"ttl": {ttl}}"#, .json), #"{"ttl": 60}"#),
        Case("a header", ("Bearer {value}", .plain), #"Bearer "x"\ &=é"#),
        Case("braces that are no placeholder", (#"{"a": {}, "b": {"c": 1}}"#, .json), #"{"a": {}, "b": {"c": 1}}"#),
        Case("a placeholder without a value", ("/{record_id}/x", .url), "//x"),
    ]

    @Test("Values are escaped as the place demands", arguments: escaping)
    func escapes(row: Case<(String, TemplateText.Context), String>) throws {
        let values: [Placeholder: String] = [
            .zone: "a/b?#& c", .value: #""x"\ &=é"#, .valuesJSON: #"["a\"b"]"#, .ttl: "60",
        ]
        #expect(try TemplateText(row.input.0).filled(values, for: row.input.1) == row.output)
    }

    @Test("The zone itself is an @, or nothing where a service wants that")
    func apex() throws {
        let zone = try DomainName("example.org")
        let values = RecipeValues(zone: zone, user: nil, token: nil)
        #expect(values.of(zone, .a)[.sub] == "@")
        #expect(values.of(zone, .a)[.subname] == "")
        #expect(values.of(try DomainName("a.b.Example.ORG"), .a)[.sub] == "a.b")
    }

    @Test("An action that fails after it was begun is told", .enabled(if: LoopbackService.isInstalled, "no python3"))
    func failedAction() async throws {
        let service = try LoopbackService("hetzner", records: [LoopbackRecord("cat.example.org", "A", ["192.0.2.1"])])
        try await service.control([("fail_actions", .bool(true))])
        let fields: KeyValuePairs = [
            "kind": "http", "template": "hetzner", "token": "env:T", "zone": "example.org", "url": service.url,
        ]
        let provider = try Settings(fields, secrets: ["env:T": "hetzner-cloud-token"]).provider()
        let outcome = try await provider.apply([.of(from: ["192.0.2.1"], to: ["192.0.2.2"])], over: .loopback())[0]
        guard case .failure(.temporary(let message, _, _)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(message.contains("failed to make it"))
    }

    @Test(
        "Values and TTL are set by calls of their own where the service wants that",
        .enabled(if: LoopbackService.isInstalled, "no python3"))
    func separateTTL() async throws {
        let service = try LoopbackService("hetzner", records: [LoopbackRecord("cat.example.org", "A", ["192.0.2.1"])])
        let fields: KeyValuePairs = [
            "kind": "http", "template": "hetzner", "token": "env:T", "zone": "example.org", "url": service.url,
        ]
        let provider = try Settings(fields, secrets: ["env:T": "hetzner-cloud-token"]).provider()
        _ = try await provider.apply(.of(from: ["192.0.2.1"], to: ["192.0.2.2"], ttl: 60), over: .loopback())
        let posts = service.log.filter { $0["method"]?.string == "POST" }.compactMap {
            $0["path"]?.string?.split(separator: "/").last
        }
        #expect(posts == ["set_records", "change_ttl"])
        let published = try await provider.current(DomainName("cat.example.org"), .a, over: .loopback())
        #expect(published?.ttl == TTL(60))
    }

    @Test("A recipe of one's own: lookup, rules and retry-after")
    func ownRecipe() async throws {
        let server = try FakeHTTPServer()
        let list =
            #"{"list": [{"host": "cat", "id": 7, "ip": "192.0.2.1"}, {"host": "dog", "id": 8, "ip": "192.0.2.3"}]}"#
        server.on("GET", "/list/example.org", .response(200, body: list))
        server.on(
            "PUT", "/set/7", .response(200, body: #"{"result": "busy"}"#),
            .response(200, body: #"{"result": "denied"}"#),
            .response(200, headers: [("X-Wait", "9")], body: #"{"result": "busy"}"#),
            .response(200, body: #"{"result": "done"}"#))
        let provider = try RecipeSettings.own(url: server.url).provider()
        let change = try RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.2"])
        let network = try Network.loopback()
        var outcomes: [ProviderOutcome] = []
        for _ in 0..<4 { outcomes += await provider.apply([change], over: network) }
        guard case .failure(.temporary) = outcomes[0], case .failure(.permanent) = outcomes[1],
            case .failure(.temporary(_, _, .seconds(9))) = outcomes[2], case .success = outcomes[3]
        else {
            Issue.record("\(outcomes)")
            return
        }
        let put = try #require(server.requests.last)
        #expect(put.body == #"{"ip": "192.0.2.2"}"#)
        #expect(put.headers["x-key"] == "k3y")
    }
}

/// Settings of a recipe that is no template.
enum RecipeSettings {
    static func own(url: String) -> Settings {
        var settings = Settings(
            [
                "kind": "http", "url": url, "token": "env:T", "zone": "example.org", "records": "single",
                "retry_after": "X-Wait",
            ],
            secrets: ["env:T": "k3y"])
        settings.fields += [
            ("headers", group(["X-Key": text("{token}")])),
            (
                "lookup",
                group([
                    "path": text("/list/{zone}"), "records": text("/list"), "where": group(["host": text("{sub}")]),
                    "value": text("/ip"), "id": text("/id"),
                ])
            ),
            (
                "set",
                group(["method": text("PUT"), "path": text("/set/{record_id}"), "json": text(#"{"ip": "{value}"}"#)])
            ),
            ("ok", group(["pointer": text("/result"), "equals": text("done")])),
            ("fatal", SettingNode(.list([group(["pointer": text("/result"), "equals": text("denied")])]))),
            ("temporary", group(["pointer": text("/result"), "equals": text("busy")])),
        ]
        return settings
    }

    static func text(_ text: String) -> SettingNode { SettingNode(.scalar(text, isQuoted: true)) }

    static func group(_ members: KeyValuePairs<String, SettingNode>) -> SettingNode {
        SettingNode(
            .mapping(members.map { .init(key: $0.key, place: .init(line: 1, column: 1), node: $0.value) }))
    }
}
