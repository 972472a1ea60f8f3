import DNSModel
import TestSupport
import Testing

@testable import Providers

@Suite("What is wrong in a provider's settings is told, all of it at once")
struct SettingsTests {
    static let bad: [Case<Settings, [String]>] = [
        Case("no kind", Settings([:]), ["provider: needs kind: give one of "]),
        Case(
            "a mistyped kind", Settings(["kind": "clodflare", "token": "env:NONE"]),
            ["line 1, column 7: provider.kind: “clodflare” is no provider here: did you mean “cloudflare”?"]),
        Case("he without its key", Settings(["kind": "he"]), ["provider: needs key: give env:NAME or file:PATH"]),
        Case(
            "a key written out", Settings(["kind": "he", "key": "abc123"]),
            ["provider.key: is written out; put it into a variable or a file and give env:NAME or file:PATH"]),
        Case(
            "a URL with a query",
            Settings(["kind": "he", "key": "env:KEY", "url": "https://x.example/?a=b"], secrets: ["env:KEY": "k"]),
            ["provider.url: has a query: give the part before it"]),
        Case(
            "an unknown setting", Settings(["kind": "he", "key": "env:KEY", "keyy": "1"], secrets: ["env:KEY": "k"]),
            ["provider.keyy: is no setting here: did you mean “key”?"]),
        Case(
            "several at once", Settings(["kind": "powerdns", "url": "ftp://x", "timeout": "1", "zone": "a..b"]),
            [
                "provider: needs key:", "provider.zone: “a..b” has an empty label", "provider.timeout: “1” is wrong",
                "provider.url: “ftp://x” is wrong",
            ]),
        Case(
            "dyndns2 without a service",
            Settings(["kind": "dyndns2", "user": "u", "password": "env:P"], secrets: ["env:P": "p"]),
            ["provider: needs service or server: give one of them"]),
        Case(
            "an unknown service",
            Settings(
                ["kind": "dyndns2", "service": "desecc", "user": "u", "password": "env:P"], secrets: ["env:P": "p"]),
            ["provider.service: “desecc” is no service here: did you mean “desec”?; or give server instead"]),
        Case(
            "a service beside a server",
            Settings(
                ["kind": "dyndns2", "service": "dyn", "server": "x.example", "user": "u", "password": "env:P"],
                secrets: ["env:P": "p"]),
            ["provider.server: stands beside service: give one of them"]),
        Case(
            "a zone identifier that is none",
            Settings(["kind": "cloudflare", "token": "env:T", "zone_id": "example.org"], secrets: ["env:T": "t"]),
            ["provider.zone_id: “example.org” is wrong: give the 32 hexadecimal digits"]),
        Case(
            "route53 without anything", Settings(["kind": "route53"]),
            ["needs zone_id", "needs access_key_id", "needs secret_access_key"]),
        Case(
            "http with a template that is none", Settings(["kind": "http", "template": "hetzer"]),
            ["provider.template: “hetzer” is no template here: did you mean “hetzner”?"]),
        Case(
            "a template without what it needs", Settings(["kind": "http", "template": "gandi"]),
            ["provider: needs token", "provider: needs zone"]),
        Case(
            "http with nothing", Settings(["kind": "http", "url": "http://127.0.0.1"]), ["provider: needs template"]),
    ]

    @Test("Problems name the field, the place and the remedy", arguments: bad)
    func problems(row: Case<Settings, [String]>) {
        let problems = #expect(throws: SettingProblems.self) { try row.input.provider() }
        let texts = problems?.list.map(\.description) ?? []
        #expect(texts.count == row.output.count, "\(texts)")
        for expected in row.output { #expect(texts.contains { $0.contains(expected) }, "\(expected) in \(texts)") }
    }

    @Test("A key that would go over the network in the clear is worth a warning")
    func clearText() throws {
        for (url, count) in [("http://dns.example.org", 1), ("https://dns.example.org", 0), ("http://127.0.0.1:1", 0)] {
            var reader = Settings(["kind": "he", "key": "env:K", "url": url], secrets: ["env:K": "k"]).reader
            #expect(Providers.provider(reading: &reader) != nil)
            #expect(reader.warnings.count == count)
        }
    }

    @Test("Every kind and template has a name of its own")
    func names() {
        #expect(Set(Providers.kinds.map { $0.kind }).count == Providers.kinds.count)
        #expect(Set(ServiceTemplate.ready.map(\.name)).count == ServiceTemplate.ready.count)
        #expect(Set(DynDNSPreset.all.map(\.name)).count == DynDNSPreset.all.count)
    }
}
