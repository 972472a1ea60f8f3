import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite(
    "Encrypted queries are padded, so that their length tells nothing of the name (RFC 7830, RFC 8467)",
    .enabled(if: ChildProcess.path(of: "openssl") != nil, "openssl is not installed"))
struct PaddingTests {
    /// One octet more each time, past the end of a block.
    static let names = (1...63).map { String(repeating: "a", count: $0) + ".example" } + ["a", "."]

    @Test("Each query fills blocks of 128 octets with zeros in an option at its end", arguments: names)
    func blocks(name: String) throws {
        let question = Question(try DomainName(name), .a)
        let bare = Self.message(question)
        var padded = bare
        let opt = 12 + question.name.wire.count + 4
        padded.padQuery(optAt: opt)
        #expect(padded.count % 128 == 0)
        #expect(padded.count - bare.count < 128 + 4)
        let padding = padded.count - bare.count - 4
        let option = [0, 12, UInt8(padding >> 8), UInt8(padding & 0xFF)] + [UInt8](repeating: 0, count: padding)
        #expect(padded.dropFirst(bare.count) == option[...])
        #expect(Self.optionsLength(padded, opt) == padded.count - opt - 11)
        #expect(Self.optionsLength(bare, opt) == bare.count - opt - 11)
    }

    private static func message(_ question: Question) -> [UInt8] {
        var encoder = QueryEncoder()
        return Array(unsafeUninitializedCapacity: TransactionTable.messageCapacity) { buffer, count in
            buffer.initialize(repeating: 0)
            count = encoder.encode(question, .cacheSample, into: buffer).message
        }
    }

    private static func optionsLength(_ message: [UInt8], _ opt: Int) -> Int {
        Int(message[opt + 9]) << 8 | Int(message[opt + 10])
    }

    @Test("Over TLS and HTTPS", arguments: [Endpoint.Transport.tls, .https])
    func sent(transport: Endpoint.Transport) async throws {
        let authority = try await blocking { try TestAuthority() }
        let certificate = try await blocking { try authority.certificate(for: "DNS:dns.test") }
        var configuration = QueryEngine.Configuration()
        configuration.secureExchange = SecureExchange(trust: try TLSTrust(additionalCAFile: authority.file))
        let engine = try QueryEngine(configuration: configuration)
        let server = try await blocking { try Server(transport, certificate) }
        let endpoint = Endpoint(.loopback, port: server.port, transport: transport, serverName: "dns.test")
        let asked = Query(try .a("cat.example"), to: endpoint)
        async let reply = engine.reply(to: asked, retry: .patient)
        let query = await blocking { server.answerQuery() }
        #expect(query.count == 128)
        #expect(query.suffix(60).allSatisfy { $0 == 0 })
        #expect(await reply.answers == ["192.0.2.1"])
    }

    /// Takes one query, answers it, and tells what it was.
    private enum Server: Sendable {
        case tls(ScriptedTLSServer)
        case https(ScriptedHTTP2Server)

        init(_ transport: Endpoint.Transport, _ certificate: TestAuthority.Certificate) throws {
            self =
                transport == .tls
                ? .tls(try ScriptedTLSServer(certificate)) : .https(try ScriptedHTTP2Server(certificate))
        }

        var port: UInt16 {
            switch self {
            case .tls(let server): server.port
            case .https(let server): server.port
            }
        }

        func answerQuery() -> [UInt8] {
            switch self {
            case .tls(let server):
                let query = server.receiveMessage()
                let answer = PlainMessage.answer(to: query, address: [192, 0, 2, 1])
                server.send([0, UInt8(answer.count)] + answer)
                return query
            case .https(let server):
                guard server.accept(), let request = server.receiveRequest() else { return [] }
                server.answer(request, PlainMessage.answer(to: request.body, address: [192, 0, 2, 1]))
                return request.body
            }
        }
    }
}
