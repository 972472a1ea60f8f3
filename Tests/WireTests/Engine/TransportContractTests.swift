import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@testable import Wire

/// What UDP and TCP, over IPv4 and IPv6, have in common.
@Suite("Every transport of the engine")
struct TransportContractTests {
    static let all: [(Endpoint.Transport, IPAddress.Family)] = [
        (.udp, .ipv4), (.udp, .ipv6), (.tcp, .ipv4), (.tcp, .ipv6),
    ]

    @Test("gives the answer, and says how it came", arguments: all)
    func answers(transport: Endpoint.Transport, family: IPAddress.Family) async throws {
        let server = try FakeNameServer(family) { [.reply($0.answer())] }
        let engine = try QueryEngine()
        let reply = await engine.reply(
            to: Query(try .a("cat.example"), to: server.endpoint(transport)), retry: .patient)
        #expect(reply.answers == ["192.0.2.1"])
        #expect(reply.transport == transport)
        #expect(reply.tries == 1)
        #expect(reply.usedEDNS)
        #expect(engine.counters.sent == 1)
        #expect(engine.counters.received == 1)
    }

    @Test("gives each query of a batch its own answer, whatever their order", arguments: all)
    func batches(transport: Endpoint.Transport, family: IPAddress.Family) async throws {
        let server = try FakeNameServer(family) { query in
            // Held back in groups, and so answered backwards.
            let held = FakeNameServer.Action.hold(query.answer([10, 0, 0, UInt8(query.firstLabel.dropFirst()) ?? 0]))
            return query.number % 10 == 9 ? [held, .releaseHeld] : [held]
        }
        let engine = try QueryEngine()
        let queries = try (0..<200).map { Query(try .a("h\($0).example"), to: server.endpoint(transport)) }
        let replies = await engine.replies(to: queries, retry: .patient)
        #expect(replies.map(\.answers) == (0..<200).map { ["10.0.0.\($0)"] })
        #expect(replies.map(\.index) == Array(0..<200))
    }

    @Test("hands replies on as they come", arguments: all)
    func streams(transport: Endpoint.Transport, family: IPAddress.Family) async throws {
        let server = try FakeNameServer(family) { query in
            query.firstLabel == "slow" ? [.hold(query.answer())] : [.reply(query.answer())]
        }
        let engine = try QueryEngine()
        let queries = try ["slow.example", "fast.example"].map { Query(try .a($0), to: server.endpoint(transport)) }
        var order: [Int] = []
        for await reply in engine.replyStream(to: queries, retry: .patient) {
            order.append(reply.index)
            server.release()
        }
        #expect(order == [1, 0])
    }

    @Test("gives silence up in time", arguments: all)
    func silence(transport: Endpoint.Transport, family: IPAddress.Family) async throws {
        let server = try FakeNameServer(family) { _ in [] }
        let engine = try QueryEngine()
        let start = Date()
        let reply = await engine.reply(to: Query(try .a("cat.example"), to: server.endpoint(transport)), retry: .brief)
        #expect(reply.failure == .timeout)
        #expect(reply.tries == 2)
        #expect(reply.rtt >= .milliseconds(100))
        #expect(reply.receivedAt.timeIntervalSince(start) >= 0.1, "it was given up at the end, not when last heard of")
    }

    @Test("never goes beyond the deadline", arguments: all)
    func deadline(transport: Endpoint.Transport, family: IPAddress.Family) async throws {
        let server = try FakeNameServer(family) { _ in [] }
        let engine = try QueryEngine()
        let retry = RetryPolicy(tryTimeout: .seconds(30), tries: 10, deadline: .milliseconds(50))
        let reply = await engine.reply(to: Query(try .a("cat.example"), to: server.endpoint(transport)), retry: retry)
        #expect(reply.failure == .timeout)
        #expect(reply.tries == 1)
    }

    @Test("ends at once, and frees everything, when its task is cancelled", arguments: all)
    func cancellation(transport: Endpoint.Transport, family: IPAddress.Family) async throws {
        let server = try FakeNameServer(family) { _ in [] }
        let engine = try QueryEngine()
        let queries = try (0..<100).map { Query(try .a("h\($0).example"), to: server.endpoint(transport)) }
        let asking = Task { await engine.replies(to: queries, retry: .patient) }
        while server.queries.isEmpty { await Task.yield() }
        asking.cancel()
        let replies = await asking.value
        #expect(replies.map(\.failure) == Array(repeating: .cancelled, count: 100))
        // What waited behind them for room is gone too: the next query has it at once.
        let after = try FakeNameServer(family) { [.reply($0.answer())] }
        #expect(await engine.reply(to: Query(try .a("x.example"), to: after.endpoint(transport))).answers.count == 1)
    }

    @Test("cannot be begun by a task that is cancelled already", arguments: all)
    func cancelledBefore(transport: Endpoint.Transport, family: IPAddress.Family) async throws {
        let server = try FakeNameServer(family) { [.reply($0.answer())] }
        let engine = try QueryEngine()
        let query = Query(try .a("cat.example"), to: server.endpoint(transport))
        let asking = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await engine.reply(to: query, retry: .patient)
        }
        #expect(await asking.value.failure == .cancelled)
    }

    @Test("ends with the engine", arguments: all)
    func closing(transport: Endpoint.Transport, family: IPAddress.Family) async throws {
        let server = try FakeNameServer(family) { _ in [] }
        let engine = try QueryEngine()
        let query = Query(try .a("cat.example"), to: server.endpoint(transport))
        async let reply = engine.reply(to: query, retry: .patient)
        while server.queries.isEmpty { await Task.yield() }
        engine.close()
        #expect(await reply.failure == .cancelled)
        #expect(await engine.reply(to: query, retry: .patient).failure == .cancelled)
    }

    @Test("says at once that nobody listens", arguments: all)
    func refusal(transport: Endpoint.Transport, family: IPAddress.Family) async throws {
        // The other protocol's port is open, so nobody else can have taken this one; TCP is asked where none listens.
        let server = try FakeNameServer(family, listensOnTCP: false) { [.reply($0.answer())] }
        let port = try transport == .tcp ? server.port : LoopbackSocket.freePort()
        let engine = try QueryEngine()
        let closed = Query(try .a("cat.example"), to: Endpoint(server.address, port: port, transport: transport))
        let open = Query(try .a("cat.example"), to: server.endpoint())
        let replies = await engine.replies(to: [closed, open, closed], retry: .patient)
        #expect(replies[0].failure == .unreachable("Connection refused"))
        #expect(replies[1].answers == ["192.0.2.1"])
        #expect(replies[2].failure == .unreachable("Connection refused"))
    }

    @Test("refuses addresses that are no server's", arguments: Endpoint.Transport.allCases.filter { !$0.isSecure })
    func senselessAddresses(transport: Endpoint.Transport) async throws {
        let engine = try QueryEngine()
        let endpoints = [("127.0.0.1", 0), ("0.0.0.0", 53), ("::", 53)] as [(String, UInt16)]
        for (text, port) in endpoints {
            let address = try #require(IPAddress(text))
            let endpoint = Endpoint(address, port: port, transport: transport)
            let reply = await engine.reply(to: Query(try .a("cat.example"), to: endpoint), retry: .patient)
            guard case .unreachable = reply.failure else {
                Issue.record("\(text) port \(port): \(reply.result)")
                continue
            }
        }
    }
}
