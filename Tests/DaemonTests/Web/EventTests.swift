import DNSModel
import Failover
import NIOCore
import TestSupport
import Testing
import Wire

@testable import Daemon

@Suite("Listeners hear of what changes, in its newest state", .timeLimit(.minutes(2)))
struct EventTests {
    @Test("a change is heard over a socket")
    func stream() async throws {
        try await WebBench.run { web in
            let socket = try LoopbackConnection(to: web.port)
            try socket.write("GET /api/v1/events?scheme=cat HTTP/1.1\r\nHost: localhost\r\n\r\n")
            try await socket.read(until: "event: scheme\n")
            await web.engine.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
            try await socket.read(until: #""summary":"charlie is published"#)
            #expect(await web.parts.hub.listeners == 1)
        }
    }

    @Test("a slow listener loses older states, and each scheme's newest is kept")
    func slow() async throws {
        let counts = Counter()
        let hub = EventHub(clock: ContinuousClock())
        let format = UpdateFormat(name: "test") { update in
            .init(string: "\(update.scheme) \(await counts.next())")
        }
        let first = try #require(await hub.subscribe(format, to: nil))
        let second = try #require(await hub.subscribe(format, to: nil))
        let running = Task { await hub.run { _ in nil } }
        for _ in 0..<3 {
            hub.changed(SchemeName("cat"))
            #expect(await hub.next(for: second) != nil)
        }
        hub.changed(SchemeName("dog"))
        let last = try #require(await hub.next(for: second))
        #expect(String(buffer: last) == "dog 4", "each update is put into words once")
        #expect(await hub.next(for: first).map { String(buffer: $0) } == "cat 3")
        #expect(await hub.next(for: first).map { String(buffer: $0) } == "dog 4")
        running.cancel()
        await running.value
        #expect(await hub.next(for: first) == nil)
        #expect(await hub.subscribe(format, to: nil) == nil)
    }

    @Test("data of several lines stays one event")
    func lines() {
        #expect(
            String(buffer: ServerEvent.make("x", data: "a\r\nb\rc\n"))
                == "event: x\ndata: a\ndata: b\ndata: c\ndata: \n\n")
    }
}

private actor Counter {
    private var count = 0
    func next() -> Int {
        count += 1
        return count
    }
}
