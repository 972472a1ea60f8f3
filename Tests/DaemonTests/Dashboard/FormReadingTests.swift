import DNSModel
import Failover
import Providers
import TestSupport
import Testing

@testable import Daemon

@Suite("What is typed into a form becomes the settings that a file would have")
struct FormReadingTests {
    static let servers = [
        Case(
            "an HTTP check with all of its fields",
            [
                "name": " charlie ", "address": "192.0.2.1", "priority": "100", "check": "http",
                "check.http": "https://cat.okerr.com/", "check.contains": "status=OK", "check.interval": "5s",
            ],
            """
            address: 192.0.2.1
            priority: 100
            check:
              http: https://cat.okerr.com/
              contains: status=OK
              interval: 5s

            """),
        Case(
            "several addresses, and fields of kinds that were not chosen",
            [
                "name": "charlie", "address": "192.0.2.1, 2001:db8::1", "check": "tcp", "check.tcp": "443",
                "check.http": "https://cat.okerr.com/",
            ],
            """
            address: [192.0.2.1, '2001:db8::1']
            check:
              tcp: 443

            """),
        Case(
            "a check without settings", ["name": "charlie", "address": "192.0.2.1", "check": "ping"],
            """
            address: 192.0.2.1
            check:
              ping: null

            """),
    ]

    @Test(arguments: servers)
    func readsServers(_ row: Case<[String: String], String>) {
        let server = FormReading.server(FormState(values: row.input))
        #expect(server.name == "charlie")
        #expect(server.settings.yaml == row.output)
    }

    @Test("a scheme with its first server")
    func readsSchemes() {
        let form = FormState(values: [
            "name": "cat", "record.name": "cat.he.okerr.com", "record.ttl": "5m", "alias": "cat.okerr.com",
            "provider.kind": "he", "provider.key": "k3y", "policy.mode": "failover", "policy.fall": "2",
            "server.name": "charlie", "server.address": "192.0.2.1", "server.priority": "1000", "server.check": "none",
        ])
        let scheme = FormReading.scheme(form)
        #expect(scheme.name == "cat")
        #expect(
            scheme.settings.yaml == """
                record:
                  name: cat.he.okerr.com
                  ttl: 5m
                alias: cat.okerr.com
                provider:
                  kind: he
                  key: k3y
                policy:
                  mode: failover
                  fall: 2
                servers:
                  charlie:
                    address: 192.0.2.1
                    priority: 1000
                    check:
                      none: null

                """)
    }

    static let places = [
        Case("a field of its own", "record.name", "record.name"),
        Case("deeper than a field", "servers.charlie.check.http", "server.check.http"),
        Case(
            "a setting that no field is for, of a group that has one", "servers.charlie.check.timeout", "server.check"),
        Case("a server's name", "servers.charlie!", "server.name"),
        Case("what the form does not ask for", "hooks", nil),
    ]

    @Test("a problem stands at the field that it is about", arguments: places)
    func placesProblems(_ row: Case<String, String?>) {
        let problem = SettingProblem(place: nil, field: row.input, message: "is wrong")
        let known: Set = ["record.name", "server.name", "server.check", "server.check.http"]
        let form = FormReading.form(FormState(), with: [problem], server: "server.", known: known)
        #expect(form.problems == (row.output.map { [$0: "is wrong"] } ?? [:]))
        #expect(form.others == (row.output == nil ? ["hooks: is wrong"] : []))
    }

    @Test("every kind of provider has a form, save the one that starts programs")
    func knowsProviders() {
        #expect(Set(ProviderForm.all.map(\.kind)) == Set(Providers.kinds.map { $0.kind }).subtracting(["exec"]))
    }

    @Test("every kind of check has a form, save those that start programs or combine others")
    func knowsChecks() {
        #expect(
            Set(CheckForm.all.map(\.kind))
                == Set(HealthChecks.kinds.map { $0.kind }).subtracting(["exec", "all", "any", "n_of"]))
    }

    @Test("no form asks for a setting that its provider does not know", arguments: ProviderForm.all.map(\.kind))
    func asksForWhatIsKnown(_ kind: String) {
        let form = ProviderForm.of(kind)
        let members = [("kind", kind)] + form.fields.map { field in (field.name, Self.sample(field)) }
        let node = SettingNode(
            .mapping(members.map { .init(key: $0.0, place: nil, node: SettingNode(.scalar($0.1, isQuoted: false))) }))
        var reader = SettingReader(node, path: "") { (_) throws(SecretProblem) in Secret("secret") }
        _ = Providers.provider(reading: &reader)
        reader.finish()
        #expect(!reader.problems.contains { $0.message.contains("is no setting here") })
    }

    private static func sample(_ field: FormField) -> String {
        switch field.kind {
        case .choice(let words): words.last?.word ?? ""
        case .number: "60"
        case .secret: "env:SECRET"
        case .text, .proposals: field.placeholder.isEmpty ? "example.org" : field.placeholder
        }
    }

    static let priorities = [
        Case("the first server", [Int](), 1000), Case("after one", [1000], 990),
        Case("after several", [100, 85, 95], 75),
    ]

    @Test(arguments: priorities)
    func suggestsPriorities(_ row: Case<[Int], Int>) {
        #expect(ServerForm.suggestedPriority(after: row.input) == row.output)
    }
}
