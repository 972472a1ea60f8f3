import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite(
    "DNS over TLS with a server that misbehaves",
    .enabled(if: ChildProcess.path(of: "openssl") != nil, "openssl is not installed"))
struct CurlTLSStreamTests {
    private let authority: TestAuthority
    private let server: ScriptedTLSServer
    private let exchange: SecureExchange
    private let query: [UInt8]

    init() async throws {
        (authority, server) = try await blocking {
            let authority = try TestAuthority()
            return (authority, try ScriptedTLSServer(authority.certificate(for: "DNS:dns.test")))
        }
        exchange = SecureExchange(trust: try TLSTrust(additionalCAFile: authority.file))
        query = try PlainMessage.query("www.example", id: 0x1234)
    }

    private var endpoint: Endpoint {
        Endpoint(.loopback, port: server.port, transport: .tls, serverName: "dns.test")
    }

    private func ask(timeout: Duration = .seconds(10)) async -> Result<[UInt8], QueryFailure> {
        await exchange.exchange(query, with: endpoint, timeout: timeout, newConnection: false)
    }

    private func framed(_ message: [UInt8]) -> [UInt8] { [0, UInt8(message.count)] + message }

    @Test("An answer in pieces, after one that nobody waits for, is found")
    func pieces() async throws {
        async let result = ask()
        let received = await blocking { server.receiveMessage() }
        #expect(received.dropFirst(2) == query.dropFirst(2))
        let answer = PlainMessage.answer(to: received, address: [192, 0, 2, 1])
        server.send(framed(answer.withID(answer.id ^ 1)))
        for octet in framed(answer) { server.send([octet]) }
        #expect(await result == .success(answer.withID(0x1234)))
    }

    @Test("Half an answer, and then the end, is no answer")
    func half() async throws {
        async let result = ask()
        let received = await blocking { server.receiveMessage() }
        server.send(framed(PlainMessage.answer(to: received, address: [192, 0, 2, 1])).dropLast())
        server.stop()
        #expect(await result == .failure(.transport("the server closed the connection without an answer")))
    }

    @Test("A message that a kept connection took with it is asked again over a new one")
    func lostWithConnection() async throws {
        async let first = ask()
        let received = await blocking { server.receiveMessage() }
        server.send(framed(PlainMessage.answer(to: received, address: [192, 0, 2, 1])))
        _ = try await first.get()
        async let second = ask()
        _ = await blocking { server.receiveMessage() }
        server.stop()
        // The second connection finds nobody, or a server that is about to go; the first one's end would read otherwise.
        let result = await second
        #expect((try? result.get()) == nil)
        #expect(result != .failure(.transport("the server closed the connection without an answer")), "\(result)")
    }

    @Test("Half an answer, and then silence, is a timeout")
    func halfAndSilence() async throws {
        async let result = ask(timeout: .milliseconds(300))
        let received = await blocking { server.receiveMessage() }
        server.send(framed(PlainMessage.answer(to: received, address: [192, 0, 2, 1])).dropLast())
        #expect(await result == .failure(.timeout))
    }

    @Test("A message of one octet is passed over")
    func tiny() async throws {
        async let result = ask()
        let received = await blocking { server.receiveMessage() }
        let answer = PlainMessage.answer(to: received, address: [192, 0, 2, 1])
        server.send([0, 0, 0, 1, 7] + framed(answer))
        #expect(await result == .success(answer.withID(0x1234)))
    }

    @Test("A server that takes the connection but speaks no TLS costs no more than the timeout")
    func silentListener() async throws {
        let silent = try LoopbackSocket(.tcpListener)
        let endpoint = Endpoint(.loopback, port: silent.port, transport: .tls, serverName: "dns.test")
        let result = await exchange.exchange(query, with: endpoint, timeout: .milliseconds(50), newConnection: false)
        #expect(result == .failure(.timeout))
    }

    @Test("A server that speaks something else is a failure of TLS")
    func plainText() async throws {
        let plain = try LoopbackSocket(.tcpListener)
        async let greeting: Void = plain.greet("220 mail.example ESMTP\r\n")
        let endpoint = Endpoint(.loopback, port: plain.port, transport: .tls, serverName: "dns.test")
        let result = await exchange.exchange(query, with: endpoint, timeout: .seconds(10), newConnection: false)
        await greeting
        guard case .failure(.transport(let reason)) = result else {
            Issue.record("not a failure of the transport: \(result)")
            return
        }
        #expect(reason.hasPrefix("TLS failed: "))
    }
}
