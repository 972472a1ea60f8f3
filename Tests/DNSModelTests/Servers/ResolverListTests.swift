import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@Suite("A list of resolvers is checked as a whole, and errors name line and field")
struct ResolverListTests {
    /// A list with one entry, whose members stand one on each line from line 3 on.
    private static func list(_ members: String...) -> String {
        "{\"schema\": \"dnsconverge.resolvers/1\", \"sources\": {\"S\": \"somewhere\"}, \"resolvers\": [\n{\n"
            + members.joined(separator: ",\n") + "\n}]}"
    }

    private static let head = #""id": "one", "name": "One", "operator": "op", "operator_name": "Op", "tier": "core""#
    private static let place = #""addresses": ["192.0.2.1"]"#

    private static func entry(_ text: String) throws(ResolverListError) -> Resolver? {
        try ResolverList(json: text.utf8).resolvers.first
    }

    @Test(
        "What is wrong in an entry",
        arguments: [
            Case("malformed JSON", list(head, #""addresses" ["192.0.2.1"]"#), #"line 4: ":" was expected, not "[""#),
            Case(
                "an address that is none", list(head, #""addresses": ["192.0.2.256"]"#),
                #"line 4: resolver "one": addresses: "192.0.2.256" is no IP address"#),
            Case(
                "an address twice", list(head, #""addresses": ["::1", "0::1"]"#),
                #"line 4: resolver "one": addresses: "0::1" is given twice"#),
            Case(
                "addresses that are no list", list(head, #""addresses": "::1""#),
                #"line 4: resolver "one": addresses: "::1" is a string, not a list"#),
            Case(
                "a number for an address", list(head, #""addresses": [1]"#),
                #"line 4: resolver "one": addresses: is a number, not a string"#),
            Case(
                "nowhere to ask", list(head),
                #"line 2: resolver "one" has no addresses, "doh" or "dot": there is nowhere to ask it"#),
            Case(
                "addresses that take no plain DNS", list(head, place, #""do53": false"#),
                #"line 2: resolver "one" has no addresses, "doh" or "dot": there is nowhere to ask it"#),
            Case(
                "an unknown key", list(head, place, #""adress": "::1""#),
                #"line 5: resolver "one": adress: is not known; known are addresses, bootstrap, country, dnssec, do53, "#
                    + "doh, dot, ecs, filtering, id, identity, name, operator, operator_name, sources, tier, ttl_cap, twin"
            ),
            Case(
                "no name", list(#""id": "one", "operator": "op", "operator_name": "Op", "tier": "core""#, place),
                #"line 2: resolver "one" has no "name""#),
            Case("no id", list(place), #"line 2: the object has no "id""#),
            Case(
                "an id with a blank", list(#""id": "a b""#),
                #"line 3: id: "a b" is no identifier of letters, digits, and any of - _ ."#),
            Case(
                "an unknown tier", list(head.replacing("core", with: "best"), place),
                #"line 3: resolver "one": tier: "best" is none of core, extended, encrypted, china, region-only, optional"#
            ),
            Case(
                "a URL that is not https", list(head, place, #""doh": "http://doh.example/""#),
                #"line 5: resolver "one": doh: "http://doh.example/" is no https:// URL"#),
            Case(
                "a name that is none", list(head, place, #""dot": "a..b""#),
                #"line 5: resolver "one": dot: "a..b" is no host name"#),
            Case(
                "a cap that is negative", list(head, place, #""ttl_cap": -1"#),
                #"line 5: resolver "one": ttl_cap: is no number of seconds"#),
            Case(
                "a cap with a fraction", list(head, place, #""ttl_cap": 1.5"#),
                #"line 5: resolver "one": ttl_cap: is no number of seconds"#),
            Case(
                "a pattern that is none", list(head, place, #""identity": {"nsid": "(["}"#),
                #"line 5: resolver "one": identity: nsid: "([" is no regular expression"#),
            Case(
                "an unknown identity", list(head, place, #""identity": {"version": "x"}"#),
                #"line 5: resolver "one": identity: version: is not known; known are id_server, nsid"#),
            Case(
                "an unknown source", list(head, place, #""sources": ["S", "T"]"#),
                #"line 5: resolver "one": sources: "T" is not among the list's sources"#),
            Case(
                "a twin that is not there", list(head, place, #""twin": "two""#),
                #"line 2: resolver "one": twin: "two" is not in the list"#),
            Case(
                "dnssec as a word", list(head, place, #""dnssec": "yes""#),
                #"line 5: resolver "one": dnssec: "yes" is a string, not true or false"#),
        ])
    func entryErrors(_ c: Case<String, String>) {
        #expect { try Self.entry(c.input) } throws: { "\($0)" == c.output }
    }

    @Test(
        "What is wrong in the list",
        arguments: [
            Case("not JSON", "resolvers: []", #"line 1: a value was expected, not "r""#),
            Case("a list alone", "[]", "line 1: a list is no object in braces"),
            Case("no schema", "{}", #"line 1: the object has no "schema""#),
            Case(
                "another schema", #"{"schema": "dnsconverge.resolvers/2", "resolvers": []}"#,
                #"line 1: schema: "dnsconverge.resolvers/2" is not "dnsconverge.resolvers/1", the only form that is known"#
            ),
            Case("no entries", #"{"schema": "dnsconverge.resolvers/1"}"#, #"line 1: the object has no "resolvers""#),
            Case(
                "an entry that is a string", #"{"schema": "dnsconverge.resolvers/1", "resolvers": ["9.9.9.9"]}"#,
                "line 1: a string is no object in braces"),
            Case(
                "an id twice",
                "{\"schema\": \"dnsconverge.resolvers/1\", \"resolvers\": [{\(head), \(place)},\n{\(head), \(place)}]}",
                #"line 2: the id "one" is used twice"#),
            Case(
                "a twin of another operator",
                "{\"schema\": \"dnsconverge.resolvers/1\", \"resolvers\": [{\(head), \(place), \"twin\": \"two\"},\n"
                    + "{\(head.replacing("one", with: "two").replacing("\"op\"", with: "\"other\"")), \(place)}]}",
                #"line 1: resolver "one": twin: "two" has another operator"#),
        ])
    func listErrors(_ c: Case<String, String>) {
        #expect { try ResolverList(json: c.input.utf8) } throws: { "\($0)" == c.output }
    }

    @Test("What is right comes out as it went in")
    func entry() throws {
        let resolver = try #require(
            try Self.entry(
                Self.list(
                    Self.head, #""addresses": ["192.0.2.1", "2001:db8::1"], "country": "CH", "filtering": "malware""#,
                    #""doh": "https://doh.example:8443/q", "dot": "dot.example", "ecs": "no", "dnssec": true"#,
                    #""ttl_cap": 21600, "identity": {"nsid": "^res[0-9]+\\."}, "bootstrap": ["192.0.2.9"], "sources": ["S"]"#
                )))
        #expect(resolver.addresses.map(\.description) == ["192.0.2.1", "2001:db8::1"])
        #expect(resolver.doh?.description == "https://doh.example:8443/q")
        #expect(resolver.dot == "dot.example")
        #expect(resolver.ttlCap == TTL(21600))
        #expect(resolver.validatesDNSSEC == true)
        #expect(resolver.identity.nsid?.matches("res200.vie") == true)
        #expect(resolver.identity.nsid?.matches("my.res200.vie") == false)
        #expect(resolver.bootstrap.map(\.description) == ["192.0.2.9"])
        #expect(resolver.answersPlainDNS)
    }

    @Test("The list that is shipped has fourteen operators in its core, and every one is answered in the clear")
    func shipped() throws {
        let file = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let list = try ResolverList(json: Data(contentsOf: URL(filePath: "/\(file)/resolvers.json")))
        let core = list.resolvers(in: [.core])
        #expect(Set(core.map(\.operatorID)).count == 14)
        #expect(core.allSatisfy { $0.answersPlainDNS && !$0.addresses.isEmpty })
        #expect(list.resolver(at: try #require(IPAddress("9.9.9.9")))?.id == "quad9")
        let again = try ResolverList(json: list.json.utf8)
        #expect(again.resolvers == list.resolvers)
    }
}

@Suite("Places of servers are read as they are written")
struct HostAndPortTests {
    @Test(
        arguments: [
            Case("a name", "dns.google", "dns.google -"), Case("a name and a port", "dns.google:853", "dns.google 853"),
            Case("IPv4", "192.0.2.1", "192.0.2.1 -"), Case("IPv4 and a port", "192.0.2.1:5300", "192.0.2.1 5300"),
            Case("IPv6", "2001:db8::1", "2001:db8::1 -"), Case("IPv6 in brackets", "[2001:db8::1]", "2001:db8::1 -"),
            Case("IPv6 and a port", "[2001:db8::1]:5300", "2001:db8::1 5300"),
            Case("IPv4 in brackets", "[192.0.2.1]", nil), Case("a bracket that stays open", "[::1", nil),
            Case("text behind a bracket", "[::1]5300", nil), Case("no port behind the colon", "a:", nil),
            Case("port 0", "a:0", nil), Case("port 65536", "a:65536", nil), Case("a sign", "a:+5", nil),
            Case("no host", ":53", nil), Case("nothing", "", nil), Case("three groups", "1:2:3", nil),
        ] as [Case<String, String?>])
    func hostAndPort(_ c: Case<String, String?>) {
        #expect(HostAndPort(c.input).map { "\($0.host) \($0.port.map(String.init) ?? "-")" } == c.output)
    }
}
