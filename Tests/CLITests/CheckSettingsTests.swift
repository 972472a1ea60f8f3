import ArgumentParser
import DNSModel
import TestSupport
import Testing

@testable import CLI

@Suite("A command line becomes settings in which nothing is left to check")
struct CheckSettingsTests {
    private static func settings(_ arguments: String...) throws -> CheckSettings {
        let check = try #require(Check.parseAsRoot(["example.org"] + arguments) as? Check)
        return try CheckSettings(
            check.subject.request().subjects(), check.servers, check.judging, list: list)
    }

    /// Four entries: one of IPv4 alone, one of both families, one that is asked over HTTPS only, and one by name only.
    static let list: ResolverList = {
        func resolver(_ id: String, _ tier: Resolver.Tier, _ addresses: String...) -> Resolver {
            var resolver = Resolver(id: id, name: id, operatorID: id, operatorName: id)
            resolver.tier = tier
            resolver.addresses = addresses.compactMap { IPAddress($0) }
            return resolver
        }
        var both = resolver("both", .core, "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2")
        both.dot = "dns.both.example"
        both.doh = DoHURL(host: "doh.both.example", path: "/q")
        var encrypted = resolver("encrypted", .encrypted)
        encrypted.answersPlainDNS = false
        encrypted.doh = DoHURL(host: "doh.example")
        encrypted.bootstrap = [IPAddress("203.0.113.9")].compactMap(\.self)
        var named = resolver("named", .extended)
        named.answersPlainDNS = false
        named.dot = "dot.example"
        return ResolverList(resolvers: [both, resolver("four", .core, "198.51.100.1"), encrypted, named])
    }()

    private static func destinations(_ settings: CheckSettings) -> [String] {
        settings.resolvers.flatMap { target in
            target.destinations.map { destination in
                switch destination {
                case .endpoint(let endpoint): "\(target.resolver.id) \(endpoint.address) \(endpoint)"
                case .host(let name, let port, let transport, _): "\(target.resolver.id) \(transport) \(name) \(port)"
                }
            } + (target.notAsked.map { ["\(target.resolver.id) \($0)"] } ?? [])
        }
    }

    @Test(
        "Which resolvers are asked, and where",
        arguments: [
            Case(
                "the core tier, one address of each family", [],
                [
                    "both 192.0.2.1 192.0.2.1", "both 2001:db8::1 2001:db8::1", "four 198.51.100.1 198.51.100.1",
                ]),
            Case(
                "every address", ["--all-addresses", "-4"],
                [
                    "both 192.0.2.1 192.0.2.1", "both 192.0.2.2 192.0.2.2", "four 198.51.100.1 198.51.100.1",
                ]),
            Case(
                "IPv6 alone does not ask who has none", ["-6"],
                ["both 2001:db8::1 2001:db8::1", "four not over IPv6"]),
            Case(
                "over TCP", ["--transport", "tcp", "-4"],
                [
                    "both 192.0.2.1 tcp://192.0.2.1", "four 198.51.100.1 tcp://198.51.100.1",
                ]),
            Case(
                "over TLS does not ask who does not speak it", ["--transport", "tls", "-4"],
                ["both 192.0.2.1 tls://dns.both.example", "four not over tls over IPv4"]),
            Case(
                "over HTTPS", ["--transport", "https"],
                [
                    "both 192.0.2.1 https://doh.both.example/q", "both 2001:db8::1 https://doh.both.example/q",
                    "four not over https",
                ]),
            Case(
                "a tier that answers over HTTPS only", ["--tier", "encrypted"],
                [
                    "encrypted 203.0.113.9 https://doh.example/dns-query"
                ]),
            Case(
                "a server known by name is looked up by the walk", ["--tier", "extended"],
                [
                    "named tls dot.example 853"
                ]),
            Case(
                "a named resolver alone", ["--resolver", "198.51.100.7:5300"],
                [
                    "198.51.100.7:5300 198.51.100.7 198.51.100.7:5300"
                ]),
            Case(
                "an address of the list brings its entry along", ["--resolver", "192.0.2.2"],
                [
                    "both 192.0.2.2 192.0.2.2"
                ]),
            Case("an entry by its id", ["--resolver", "four"], ["four 198.51.100.1 198.51.100.1"]),
            Case(
                "a URL of the list's host is asked at its addresses", ["--resolver", "tls://dns.both.example", "-4"],
                [
                    "both 192.0.2.1 tls://dns.both.example"
                ]),
            Case(
                "a URL of an unknown host", ["--resolver", "https://x.example:8443/q"],
                ["x.example https x.example 8443"]),
            Case(
                "a tier and a named one", ["--tier", "core", "--resolver", "192.0.2.9", "-4"],
                [
                    "both 192.0.2.1 192.0.2.1", "four 198.51.100.1 198.51.100.1", "192.0.2.9 192.0.2.9 192.0.2.9",
                ]),
            Case(
                "one that is named twice, once", ["--resolver", "four", "--resolver", "198.51.100.1"],
                [
                    "four 198.51.100.1 198.51.100.1"
                ]),
            Case("none", ["--no-resolvers"], []),
        ] as [Case<[String], [String]>])
    func resolvers(_ c: Case<[String], [String]>) throws {
        let check = try #require(try Check.parseAsRoot(["example.org"] + c.input) as? Check)
        let settings = try CheckSettings(
            check.subject.request().subjects(), check.servers, check.judging, list: Self.list)
        #expect(Self.destinations(settings) == c.output)
    }

    @Test("Each expected value goes to the type that it can be a value of")
    func expectations() throws {
        let settings = try Self.settings(
            "A,AAAA,MX", "--expect", "192.0.2.0/24", "--expect", "2001:db8::1", "--expect", "10 mail.example.org",
            "--was", "192.0.2.7", "--was", "192.0.2.8", "--match", "subset")
        let shown = settings.subjects.map { subject in
            let values = subject.expectation?.values.map(\.description) ?? []
            return "\(subject.question.type) \(values) \(subject.previous.map { $0.values.map(\.description) })"
        }
        #expect(
            shown == [
                "A [\"192.0.2.0/24\"] [[\"192.0.2.7\", \"192.0.2.8\"]]", "AAAA [\"2001:db8::1\"] []",
                "MX [\"10 mail.example.org.\"] []",
            ])
        #expect(settings.subjects.allSatisfy { $0.expectation?.match == .subset })
    }

    @Test("A type without an expected value leaves it to the authoritative servers")
    func otherFamily() throws {
        let settings = try Self.settings("A,AAAA", "--expect", "192.0.2.1")
        #expect(settings.subjects.map { $0.expectation == nil } == [false, true])
    }

    @Test("Absence is expected of every type")
    func absence() throws {
        let settings = try Self.settings("A,AAAA", "--expect-none")
        #expect(settings.subjects.allSatisfy { $0.expectation?.isAbsence ?? false })
    }

    @Test("An IDN is asked as its A-label")
    func idn() throws {
        let check = try #require(try Check.parseAsRoot(["bücher.example"]) as? Check)
        #expect(check.subject.name?.description == "xn--bcher-kva.example")
    }

    @Test("Limits reach the judging and the gathering")
    func limits() throws {
        let settings = try Self.settings(
            "--ask-anyway", "--no-authoritative", "--min-operators", "3", "--lag-limit", "5m", "-w", "95:", "-c",
            "~:80",
            "--timeout", "0.5", "--deadline", "10m", "--samples", "4", "--transport", "tcp", "--nameserver",
            "192.0.2.53:5300")
        #expect(settings.judging.asksAnyway)
        #expect(!settings.judging.asksAuthoritative)
        #expect(settings.judging.minOperators == 3)
        #expect(settings.judging.lagLimit == .seconds(300))
        #expect(settings.judging.warning?.description == "95:")
        #expect(settings.judging.critical?.description == "~:80")
        #expect(settings.timeout == .milliseconds(500))
        #expect(settings.deadline == .seconds(600))
        #expect(settings.samples == 4)
        #expect(settings.authoritativeTransport == .tcp)
        #expect(settings.nameservers.map(\.description) == ["192.0.2.53:5300"])
    }

    @Test("The plugin's options mean the same")
    func plugin() throws {
        let plugin = try PluginCheck.parse([
            "-H", "example.org", "-T", "A", "-a", "192.0.2.1", "-a", "192.0.2.2", "-L", "-s", "192.0.2.53", "-w",
            "-1:5",
            "-c", "@10:20", "-t", "5", "-4", "-vv",
        ])
        let settings = try CheckSettings(plugin, list: Self.list)
        #expect(settings.subjects.map(\.expectation?.match) == [.exact])
        #expect(settings.subjects.first?.expectation?.values.count == 2)
        #expect(settings.nameservers.map(\.description) == ["192.0.2.53"])
        #expect(settings.judging.warning?.description == "-1:5")
        #expect(settings.deadline == .seconds(4))
        #expect(settings.families == [.ipv4])
        #expect(plugin.verbose == 2)
        #expect(Self.destinations(settings).count == 2)
    }

    @Test("Without -L one of the plugin's values is enough, and -A asks no resolver")
    func pluginAny() throws {
        let plugin = try PluginCheck.parse(["-H", "example.org", "-a", "192.0.2.1", "-A"])
        let settings = try CheckSettings(plugin, list: Self.list)
        #expect(settings.subjects.first?.expectation?.match == .any)
        #expect(settings.resolvers.isEmpty)
    }
}
