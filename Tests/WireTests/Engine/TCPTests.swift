import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite("Over TCP")
struct TCPTests {
    @Test("queries to one server share a connection, and the next ones too")
    func reuse() async throws {
        let server = try FakeNameServer { [.reply($0.answer())] }
        var configuration = QueryEngine.Configuration()
        configuration.tcpIdleTimeout = .seconds(300)
        let engine = try QueryEngine(configuration: configuration)
        let queries = try (0..<30).map { Query(try .a("h\($0).example"), to: server.endpoint(.tcp)) }
        for _ in 0..<3 {
            #expect(await engine.replies(to: queries, retry: .patient).allSatisfy { $0.answers.count == 1 })
        }
        #expect(server.connectionCount == 1)
        #expect(server.queries.count == 90)
    }

    @Test("a cache sample gets a connection of its own")
    func freshConnections() async throws {
        let server = try FakeNameServer { [.reply($0.answer())] }
        let engine = try QueryEngine()
        let query = Query(try .a("cat.example"), to: server.endpoint(.tcp), options: .cacheSample)
        _ = await engine.replies(to: [query, query, query], retry: .patient)
        #expect(server.connectionCount == 3)
    }

    @Test("an idle connection is closed in the end")
    func idle() async throws {
        let server = try FakeNameServer { [.reply($0.answer())] }
        var configuration = QueryEngine.Configuration()
        configuration.tcpIdleTimeout = .zero
        let engine = try QueryEngine(configuration: configuration)
        let query = Query(try .a("cat.example"), to: server.endpoint(.tcp))
        _ = await engine.reply(to: query, retry: .patient)
        // Over UDP, to have the loop go round once more.
        _ = await engine.reply(to: Query(try .a("cat.example"), to: server.endpoint()), retry: .patient)
        _ = await engine.reply(to: query, retry: .patient)
        #expect(server.connectionCount == 2)
    }

    @Test(
        "a connection that ends without the answer is replaced once",
        arguments: ["at once", "after the length", "after half a message", "after another message"])
    func closed(end: String) async throws {
        let server = try FakeNameServer { query in
            let answer = query.answer()
            guard isFirst(query) else { return [.reply(answer)] }
            let stream = [0, UInt8(answer.count)] + answer
            switch end {
            case "at once": return [.close]
            case "after the length": return [.write(Array(stream.prefix(2))), .close]
            case "after half a message": return [.write(Array(stream.prefix(20))), .close]
            default: return [.reply(Array(answer.prefix(12))), .close]
            }
        }
        let engine = try QueryEngine()
        let reply = await engine.reply(to: Query(try .a("cat.example"), to: server.endpoint(.tcp)), retry: .patient)
        #expect(reply.answers == ["192.0.2.1"])
        #expect(server.connectionCount == 2)
    }

    @Test("but only once")
    func closedAlways() async throws {
        let server = try FakeNameServer { _ in [.close] }
        let engine = try QueryEngine()
        let reply = await engine.reply(to: Query(try .a("cat.example"), to: server.endpoint(.tcp)), retry: .patient)
        guard case .transport = reply.failure else {
            Issue.record("\(reply.result)")
            return
        }
        #expect(server.connectionCount == 2)
    }

    @Test("queries that were waiting when the server closed go to a new connection")
    func closedWhileIdle() async throws {
        // Answers the first and closes, as a server does that thinks the connection idle.
        let server = try FakeNameServer { isFirst($0) ? [.reply($0.answer()), .close] : [.reply($0.answer())] }
        let engine = try QueryEngine()
        let query = Query(try .a("cat.example"), to: server.endpoint(.tcp))
        for _ in 0..<3 {
            #expect(await engine.reply(to: query, retry: .patient).answers == ["192.0.2.1"])
        }
        #expect(server.connectionCount == 2)
    }

    @Test("a message may come in pieces, and several at once", arguments: [1, 2, 3, 7, 50])
    func pieces(size: Int) async throws {
        let server = try FakeNameServer { query in
            let answer = query.answer()
            let stream = [0, UInt8(answer.count)] + answer
            return stride(from: 0, to: stream.count, by: size).map { start in
                .write(Array(stream[start..<min(start + size, stream.count)]))
            }
        }
        let engine = try QueryEngine()
        let queries = try (0..<20).map { Query(try .a("h\($0).example"), to: server.endpoint(.tcp)) }
        let replies = await engine.replies(to: queries, retry: .patient)
        #expect(replies.allSatisfy { $0.answers == ["192.0.2.1"] })
    }

    @Test("a query that got no answer leaves its connection, which then takes no other")
    func stuckConnection() async throws {
        let server = try FakeNameServer { isFirst($0) ? [.write([0])] : [.reply($0.answer())] }
        let engine = try QueryEngine()
        let retry = RetryPolicy(tryTimeout: .milliseconds(100), tries: 100, deadline: .seconds(20))
        let reply = await engine.reply(to: Query(try .a("cat.example"), to: server.endpoint(.tcp)), retry: retry)
        #expect(reply.answers == ["192.0.2.1"])
        #expect(server.connectionCount >= 2)
    }

    @Test("the largest message there is arrives whole")
    func largest() async throws {
        let strings = [UInt8](repeating: 255, count: 1) + [UInt8](repeating: 120, count: 255)
        let server = try FakeNameServer { query in
            let room = 65_535 - 12 - query.question.count
            let count = room / (12 + 16 * 256)
            let records = (0..<count).map { _ in
                FakeQuery.record(type: 16, data: Array(repeatElement(strings, count: 16).joined()))
            }
            return [.reply(query.reply(answers: records))]
        }
        let engine = try QueryEngine()
        let query = Query(Question(try DomainName("big.example"), .txt), to: server.endpoint(.tcp))
        let reply = await engine.reply(to: query, retry: .patient)
        #expect(reply.response?.answer.count == 15)
    }
}
