import DNSModel
import TestSupport
import Testing
import Wire

@testable import Providers

@Suite("What a loopback service is told it publishes at a real primary")
struct PublicationTests {
    private static let isPossible =
        LocalPrimary.Make.bind.isInstalled && ChildProcess.path(of: "nsupdate") != nil && LoopbackService.isInstalled

    @Test("by dynamic update", .enabled(if: isPossible, "named, nsupdate or python3 is not installed"))
    func publishes() async throws {
        let primary = try await LocalPrimary.start(.bind)
        let directory = try TemporaryDirectory()
        let key = try directory.write(
            #"key "k-sha256" { algorithm hmac-sha256; secret "c2hhMjU2IGtleSBvZiB0ZXN0cyE="; };"#, to: "key")
        let name = "www.\(LocalPrimary.zone)"
        let service = try LoopbackService(
            "he", records: [LoopbackRecord(name, "A", ["192.0.2.1"])],
            options: ["--nsupdate", "127.0.0.1:\(primary.port)", "--key-file", key])
        let fields: KeyValuePairs = ["kind": "he", "key": "env:KEY", "url": service.url]
        let provider = try Settings(fields, secrets: ["env:KEY": "he-record-key"]).provider()
        let network = try Network.loopback()
        let change = try RRsetChange.of(name, from: ["192.0.2.1"], to: ["192.0.2.2"])
        _ = try await provider.apply(change, over: network)
        let question = Query(Question(change.name, .a), to: primary.endpoint(), options: .authoritative)
        // As with a real provider, its name servers follow a moment later.
        for _ in 0..<300 {
            let answer = try? await network.engine.reply(to: question).result.get()
            if Set(answer?.answer.map(\.data) ?? []) == change.new { return }
            await blocking { LoopbackSocket.pause() }
        }
        Issue.record("the primary still has something else")
    }
}
