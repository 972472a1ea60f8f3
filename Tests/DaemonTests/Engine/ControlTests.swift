import DNSModel
import Failover
import FoundationEssentials
import Glibc
import Logging
import TestSupport
import Testing

@testable import Daemon

@Suite("A daemon answers commands on its socket, and only its owner", .timeLimit(.minutes(2)))
struct ControlTests {
    @Test("status, orders and history go through the socket")
    func roundTrip() async throws {
        let directory = try TemporaryDirectory()
        let socket = directory.path + "/control.sock"
        let bench = try await EngineBench()
        let desk = EngineDesk(engine: bench.engine, journal: bench.journal, version: "test", observesOnly: false)
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let server = ControlServer(
            WebParts(desk: desk, registry: nil, hub: EventHub(), keeper: AccessKeeper(token: nil)), socket: socket,
            logger: Logger(label: "test"), onStart: { start.yield() })
        try await bench.run {
            let serving = Task { try await server.run() }
            for await _ in started { break }
            var status = stat()
            #expect(stat(socket, &status) == 0 && status.st_mode & 0o777 == 0o600)
            let client = ControlClient(socket: socket)

            await bench.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
            _ = await bench.watch.nextSpread()
            let all = try await client.status()
            #expect(all.schemes.map(\.name) == ["cat"])
            #expect(all.schemes.first?.expected == ["A": ["192.0.2.1"]])

            let page = try await client.forecast(
                OrderRequest(.maintain, server: "charlie", who: "test", why: "new kernel"), to: "cat")
            #expect(page.forecasts.first?.changes.map(\.text) == ["A 192.0.2.1 -> 192.0.2.2, TTL 1"])
            #expect(bench.published == ["192.0.2.1"], "a dry run changes nothing")

            try await client.order(
                OrderRequest(.maintain, server: "charlie", who: "test", why: "new kernel"), to: "cat")
            _ = await bench.watch.nextOutcome()
            let scheme = try await client.scheme("cat")
            #expect(scheme.servers.first?.maintenance?.contains("new kernel") == true)
            #expect(bench.published == ["192.0.2.2"])

            let texts = try await client.history(scheme: "cat", limit: 100).entries.map(\.text)
            #expect(texts.contains { $0.hasPrefix("maintenance of charlie") })

            await #expect(throws: ControlFailure.self) { try await client.scheme("dog") }
            await #expect(throws: ControlFailure.self) {
                try await client.order(OrderRequest(.pin, who: "test"), to: "cat")
            }
            serving.cancel()
            _ = await serving.result
        }
    }

    @Test("without a daemon, it says at which socket there is none, and how to start one")
    func nobody() async throws {
        let client = ControlClient(socket: "/nonexistent/control.sock")
        do {
            _ = try await client.status()
            Issue.record("nobody can have answered")
        } catch {
            #expect(error.description.hasPrefix("there is no daemon at /nonexistent/control.sock"))
        }
    }
}
