import DNSModel
import TestSupport
import Testing
import Wire

@testable import Providers

/// Somebody else's idea of Route 53. It checks neither signatures nor settles anything later; a change whose old values are
/// wrong has a code of its own.
@Suite("Route 53 as moto plays it", .enabled(if: MotoServer.isInstalled, "Python's moto is not installed"))
struct MotoTests {
    private let network: Network

    init() throws { network = try .loopback() }

    @Test("Records come, change, and go; what is not as expected stays")
    func story() async throws {
        let moto = try await MotoServer(zone: "example.org")
        let settings = Settings(
            [
                "kind": "route53", "zone_id": moto.zoneID, "access_key_id": "AKIDEXAMPLE",
                "secret_access_key": "env:KEY",
            ],
            secrets: ["env:KEY": "secret"])
        let provider = try settings.with("url", moto.url).provider()
        let name = try DomainName("cat.example.org")
        let steps: [(old: [String]?, new: [String])] = [
            ([], ["192.0.2.1"]), (["192.0.2.1"], ["192.0.2.2"]), (["192.0.2.2"], ["192.0.2.3", "192.0.2.4"]),
            (["192.0.2.4", "192.0.2.3"], ["192.0.2.5"]), (nil, ["192.0.2.6"]), (["192.0.2.6"], []),
        ]
        for step in steps {
            let change = try RRsetChange.of(from: step.old, to: step.new, ttl: 120)
            let reply = try await provider.apply(change, over: network)
            #expect(!reply.isUnchanged && reply.text.contains("INSYNC"))
            #expect(try await provider.current(name, .a, over: network)?.values == change.new)
        }
        let creation = try RRsetChange.of("*.example.org", .txt, from: [], to: [#""a <b> & c""#])
        _ = try await provider.apply(creation, over: network)
        let foreign = try RRsetChange.of("*.example.org", .txt, from: ["other"], to: ["wanted"])
        guard case .failure(.conflict(_, let found, _)) = await provider.apply([foreign], over: network)[0] else {
            Issue.record("no conflict")
            return
        }
        #expect(found == creation.new)
    }
}
