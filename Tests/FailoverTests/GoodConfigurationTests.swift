import DNSModel
import Failover
import FoundationEssentials
import TestSupport
import Testing
import Wire

@Suite("A good configuration")
struct GoodConfigurationTests {
    private static let fixtures = ConfigurationFixtures("good")

    @Test("is read, and tells no secret however it is printed", arguments: try fixtures.names)
    func reads(name: String) throws {
        let configuration = try Self.fixtures.load(name)
        var dumped = "\(configuration)"
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("hunter2"))
        #expect(!dumped.contains("aHVudGVyMg=="))
    }

    @Test("says what the file says")
    func values() throws {
        let configuration = try Self.fixtures.load("everything")
        #expect(configuration.listen == .network(try #require(IPAddress("::1")), port: 8053))
        #expect(configuration.socket.hasSuffix("/good/run/control.sock"))
        #expect(configuration.retention == .seconds(30 * 86_400))
        #expect(configuration.queryBudget == 5)
        #expect(configuration.resolvers.tiers == [.core, .extended])
        #expect(configuration.okerr?.textid == "okrrdm")
        #expect(configuration.okerr?.url == "https://okerr.example.org")
        #expect(configuration.deadMan?.interval == .seconds(120))
        #expect(configuration.deadMan?.origin == "https://ping.example.org")
        #expect(configuration.schemes.map(\.scheme.name.text) == ["web", "api"])
    }

    @Test("a scheme has its policy, its thresholds and its servers' own")
    func policy() throws {
        let web = try #require(try Self.fixtures.load("everything").schemes.first)
        #expect(web.scheme.policy.mode == .balance(minPublished: 2))
        #expect(web.scheme.policy.failback == .manual)
        #expect(web.scheme.policy.families == .apart)
        #expect(!web.scheme.policy.acceptsWarn)
        #expect(web.scheme.policy.enforces)
        #expect(web.scheme.policy.allDown == .addresses(["192.0.2.99", "2001:db8::99"].compactMap { IPAddress($0) }))
        let (one, two) = (web.scheme.servers[0], web.scheme.servers[1])
        #expect(
            one.thresholds == Thresholds(fall: 2, rise: 4, downAfter: .seconds(10), upAfter: .seconds(60), forgive: 2))
        #expect(two.thresholds.fall == 7)
        #expect(two.priority == -5)
        #expect(web.scheme.record.ttl == TTL(60))
    }

    @Test("a merge key brings what is not given, and what is given wins")
    func mergeKeys() throws {
        let web = try #require(try Self.fixtures.load("everything").schemes.first)
        let (one, two) = (try #require(web.checks[ServerName("one")]), try #require(web.checks[ServerName("two")]))
        #expect((one.interval, one.timeout) == (.seconds(5), .milliseconds(500)))
        #expect((two.interval, two.timeout) == (.seconds(60), .milliseconds(500)))
    }

    @Test("canaries of all schemes are one check, and a scheme's own are instead of them")
    func canaries() throws {
        let schemes = try Self.fixtures.load("everything").schemes
        #expect(schemes.map(\.scheme.canaries) == [[ServerName("gateway")], [ServerName("other")]])
        #expect(schemes[0].checks[ServerName("gateway")]?.id == CheckID(scheme: nil, name: ServerName("gateway")))
        #expect(
            schemes[1].checks[ServerName("other")]?.id
                == CheckID(scheme: SchemeName("api"), name: ServerName("other")))
    }

    @Test("hooks of all schemes come before a scheme's own")
    func hooks() throws {
        let schemes = try Self.fixtures.load("everything").schemes
        #expect(schemes[0].hooks[.before].map(\.program.path) == ["/bin/true", "/bin/false"])
        #expect(schemes[0].hooks[.before].first?.program.arguments == ["--ask"])
        #expect(schemes[1].hooks[.before].map(\.program.path) == ["/bin/true"])
        #expect(schemes[1].hooks[.stuck].map(\.program.arguments) == [[], ["two words", ""]])
        #expect(schemes[1].hooks[.stuck].map(\.timeout) == [.seconds(30), .seconds(5)])
        #expect(schemes.map(\.notifications.severity) == [.notice, .warning])
    }

    @Test("the design's own example is one, with what the service decides told as warnings")
    func design() throws {
        let configuration = try Self.fixtures.load("design")
        let cat = try #require(configuration.schemes.first?.scheme)
        #expect(cat.servers.map(\.name.text) == ["charlie", "echo", "bravo"])
        #expect(cat.policy.minInterval == .seconds(300))
        #expect(cat.policy.failback == .delayed(.seconds(300)))
        #expect(configuration.warnings.map(\.field) == ["schemes.cat.record.ttl", "schemes.cat.policy.min_interval"])
    }

    @Test("the file in Examples is one")
    func example() throws {
        let sources = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let configuration = try ConfigurationFixtures.read("/\(sources)/Examples/dnsconverge.yaml")
        #expect(configuration.schemes.map(\.scheme.name.text) == ["www", "api"])
        #expect(configuration.warnings.isEmpty)
    }

    @Test("what is exported reads as the same scheme again", arguments: try fixtures.names)
    func export(name: String) throws {
        let configuration = try Self.fixtures.load(name)
        let rest = Configuration.withoutSchemes(configuration)
        for scheme in configuration.schemes {
            let text = scheme.exported
            #expect(!text.contains("hunter2"))
            let again = try rest.schemes(fromYAML: Array(text.utf8))
            #expect(again.count == 1)
            #expect(again.first?.saysTheSame(as: scheme) == true, "\(text)")
            // As it stands in a configuration, it is understood as well.
            let group = "schemes:\n" + text.split(separator: "\n").map { "  \($0)\n" }.joined()
            #expect(try rest.schemes(fromYAML: Array(group.utf8)).first?.saysTheSame(as: scheme) == true, "\(group)")
        }
    }

    @Test("a scheme from the API is read like one of the file, and refused like one")
    func fromJSON() throws {
        let configuration = try Self.fixtures.load("everything")
        let json = """
            {"record": {"name": "new.example.org", "ttl": 60},
             "provider": {"kind": "rfc2136", "server": "192.0.2.53", "zone": "example.org"},
             "servers": {"one": {"address": "192.0.2.1", "priority": 10, "check": {"dns": "example.org", "port": 5300}}}}
            """
        let node = SettingNode(try JSONNode(parsing: json.utf8))
        let scheme = try configuration.scheme("new", from: node).scheme
        #expect(scheme.scheme.record.name == (try DomainName("new.example.org")))
        #expect(scheme.scheme.canaries == [ServerName("gateway")])
        let again = try configuration.schemes(fromYAML: Array(scheme.exported.utf8))
        #expect(again.first?.saysTheSame(as: scheme) == true)

        let bad = SettingNode(try JSONNode(parsing: Array(json.replacing("new.example", with: "www.example").utf8)))
        let error = #expect(throws: ConfigurationErrors.self) { try configuration.scheme("bad name", from: bad) }
        #expect(
            error?.problems.map(\.field).sorted() == ["", "record.name"], "a bad name, and a record that another has")
    }

    @Test("files with secrets that everybody can read are warned of")
    func exposedSecrets() throws {
        let directory = try TemporaryDirectory()
        try directory.write("hunter2\n", to: "key")
        let text = """
            okerr: {project: okrrdm, api_key: file:key}
            """
        let path = try directory.write(text, to: "dnsconverge.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: directory.path + "/key")
        let warnings = try ConfigurationFixtures.read(path).warnings
        #expect(warnings.map(\.field) == ["okerr.api_key"])
        #expect(
            warnings.first?.message
                == "everybody on this machine can read \(directory.path)/key: chmod 640 \(directory.path)/key")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: directory.path + "/key")
        #expect(try ConfigurationFixtures.read(path).warnings.isEmpty)
    }
}

extension Configuration {
    fileprivate static func withoutSchemes(_ configuration: Configuration) -> Configuration {
        var rest = configuration
        rest.schemes = []
        return rest
    }
}
