import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite("A built-in server at a fixed port", .timeLimit(.minutes(2)))
struct SharedResponderTests {
    @Test("is found again by who asks for it again, with what it has published")
    func shared() throws {
        let port = try LoopbackSocket.freePort()
        let zone = try DomainName("sandbox.test")
        let first = try AuthoritativeResponder.shared(zone: zone, address: .loopback, port: port)
        let value = Set([try RecordData(parsing: "192.0.2.1", type: .a)])
        first.publish(value, as: zone, .a, ttl: TTL(30))
        let second = try AuthoritativeResponder.shared(zone: zone, address: .loopback, port: port)
        #expect(second === first)
        #expect(second.published(zone, .a)?.values == value)
        #expect(throws: WireError.self) {
            try AuthoritativeResponder.shared(zone: DomainName("other.test"), address: .loopback, port: port)
        }
    }

    @Test("goes when nobody has it any longer, and gives its port back")
    func gone() throws {
        let port = try LoopbackSocket.freePort()
        let zone = try DomainName("sandbox.test")
        _ = try AuthoritativeResponder.shared(zone: zone, address: .loopback, port: port)
        _ = try AuthoritativeResponder.shared(zone: DomainName("other.test"), address: .loopback, port: port)
    }

    @Test("answers on while one who serves takes over from another")
    func handover() async throws {
        let port = try LoopbackSocket.freePort()
        let server = try AuthoritativeResponder.shared(
            zone: try DomainName("sandbox.test"), address: .loopback, port: port)
        let engine = try QueryEngine()
        let query = Query(try .a("sandbox.test"), to: server.endpoint, options: .authoritative)
        var serving = Task { await server.run() }
        for _ in 0..<5 {
            let before = serving
            serving = Task { await server.run() }
            before.cancel()
            #expect(await engine.reply(to: query, retry: .patient).response?.rcode == .noError)
        }
        serving.cancel()
        await serving.value
    }
}
