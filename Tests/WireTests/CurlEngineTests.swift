import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite(
    "The query engine asks over TLS and HTTPS",
    .enabled(if: SecureServer.isInstalled, "unbound or openssl is not installed"))
struct CurlEngineTests {
    private let server: SecureServer
    private let engine: QueryEngine

    init() async throws {
        server = try await SecureServer()
        var configuration = QueryEngine.Configuration()
        configuration.secureExchange = SecureExchange(trust: server.trust)
        engine = try QueryEngine(configuration: configuration)
    }

    private func query(
        _ transport: Endpoint.Transport, name: String = "www.example", server serverName: String? = "dns.test",
        freshPort: Bool = false
    ) throws -> Query {
        var options = QueryOptions()
        options.recursionDesired = true
        options.freshPort = freshPort
        let endpoint = server.endpoint(transport, name: serverName)
        return Query(Question(try DomainName(name), .a), to: endpoint, options: options)
    }

    @Test("A reply is decoded, over a kept connection and over a new one", arguments: [Endpoint.Transport.tls, .https])
    func answers(transport: Endpoint.Transport) async throws {
        for freshPort in [false, false, true] {
            let reply = await engine.reply(to: try query(transport, freshPort: freshPort))
            let response = try reply.result.get()
            #expect(response.answer.map(\.data.octets) == [[192, 0, 2, 1]])
            #expect(response.edns != nil)
            #expect(reply.transport == transport)
            #expect(reply.tries == 1)
            #expect(reply.rtt > .zero)
        }
    }

    @Test("One batch takes good and bad servers of both transports, each reply at its place")
    func batch() async throws {
        let closed = try LoopbackSocket.freePort()
        let refusing = Endpoint(.loopback, port: closed, transport: .tls, serverName: "dns.test")
        let queries = [
            try query(.tls), try query(.https, server: "other.test"),
            Query(Question(try DomainName("x"), .a), to: refusing),
            try query(.https), try query(.tls, server: nil), try query(.tls, server: "other.test"),
        ]
        let replies = await engine.replies(to: queries)
        let refusal = QueryFailure.transport(
            "certificate refused: no alternative certificate subject name matches target host name 'other.test'")
        #expect(replies.map(\.index) == Array(queries.indices))
        #expect(replies.compactMap { try? $0.result.get().answer.first?.data.octets }.count == 3)
        #expect(replies[1].failure == refusal)
        #expect(replies[2].failure == .unreachable("connection refused"))
        #expect(replies[5].failure == refusal)
    }

    @Test(
        "More at once than a server allows wait for their turn, and their time begins with it",
        arguments: [Endpoint.Transport.tls, .https])
    func many(transport: Endpoint.Transport) async throws {
        let queries = Array(repeating: try query(transport), count: 1000)
        let replies = await engine.replies(to: queries, retry: .patient)
        #expect(replies.allSatisfy { $0.answers == ["192.0.2.1"] && $0.tries == 1 })
        #expect(Set(replies.map(\.index)).count == queries.count)
    }

    @Test("Silence costs the deadline and no more", arguments: [Endpoint.Transport.tls, .https])
    func silence(transport: Endpoint.Transport) async throws {
        let retry = RetryPolicy(tryTimeout: .milliseconds(60), tries: 2, deadline: .milliseconds(100))
        let start = ContinuousClock.now
        let reply = await engine.reply(to: try query(transport, name: "a.slow.example"), retry: retry)
        #expect(reply.failure == .timeout)
        #expect(ContinuousClock.now - start >= .milliseconds(100))
    }

    @Test("Cancelling ends the query", arguments: [Endpoint.Transport.tls, .https])
    func cancellation(transport: Endpoint.Transport) async throws {
        let query = try query(transport, name: "b.slow.example")
        let retry = RetryPolicy(tryTimeout: .seconds(60), tries: 1, deadline: .seconds(60))
        let task = Task { [engine] in await engine.reply(to: query, retry: retry) }
        _ = await server.upstream.receive()
        task.cancel()
        #expect(await task.value.failure == .cancelled)
    }
}
