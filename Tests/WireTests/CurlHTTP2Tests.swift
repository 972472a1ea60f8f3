import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite(
    "DNS over HTTPS with a server that answers in an order of its own",
    .enabled(if: ChildProcess.path(of: "openssl") != nil, "openssl is not installed"))
struct CurlHTTP2Tests {
    private let authority: TestAuthority
    private let server: ScriptedHTTP2Server
    private let exchange: SecureExchange

    init() async throws {
        (authority, server) = try await blocking {
            let authority = try TestAuthority()
            return (authority, try ScriptedHTTP2Server(authority.certificate(for: "DNS:dns.test")))
        }
        exchange = SecureExchange(trust: try TLSTrust(additionalCAFile: authority.file))
    }

    private var endpoint: Endpoint {
        Endpoint(.loopback, port: server.port, transport: .https, serverName: "dns.test")
    }

    private func ask(_ name: String, id: UInt16) throws -> Task<Result<[UInt8], QueryFailure>, Never> {
        let query = try PlainMessage.query(name, id: id)
        return Task { [exchange, endpoint] in
            await exchange.exchange(query, with: endpoint, timeout: .seconds(60), newConnection: false)
        }
    }

    private func request() async throws -> ScriptedHTTP2Server.Request {
        let request = await blocking { [server] in server.receiveRequest() }
        return try #require(request)
    }

    private func firstRequest() async throws -> ScriptedHTTP2Server.Request {
        let isClient = await blocking { [server] in server.accept() }
        #expect(isClient)
        return try await request()
    }

    private func answer(_ request: ScriptedHTTP2Server.Request, last: UInt8) {
        server.answer(request, PlainMessage.answer(to: request.body, address: [192, 0, 2, last]))
    }

    @Test("An answer that comes after those to later queries is that of its own query")
    func outOfOrder() async throws {
        let first = try ask("first.example", id: 1)
        let firstRequest = try await firstRequest()
        let second = try ask("second.example", id: 2)
        let secondRequest = try await request()
        let third = try ask("third.example", id: 3)
        let thirdRequest = try await request()
        for (task, request, number) in [
            (third, thirdRequest, UInt8(3)), (second, secondRequest, 2), (first, firstRequest, 1),
        ] {
            answer(request, last: number)
            let message = try await task.value.get()
            #expect(message.id == UInt16(number))
            #expect(message.suffix(4) == [192, 0, 2, number])
        }
    }

    @Test("An answer to a query that was given up does no harm to the next")
    func afterCancellation() async throws {
        let first = try ask("first.example", id: 1)
        let firstRequest = try await firstRequest()
        first.cancel()
        #expect(await first.value == .failure(.cancelled))
        let second = try ask("second.example", id: 2)
        let secondRequest = try await request()
        answer(firstRequest, last: 1)
        answer(secondRequest, last: 2)
        #expect(try await second.value.get().suffix(4) == [192, 0, 2, 2])
    }
}
