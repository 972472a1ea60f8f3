import DNSModel
import TestSupport
import Testing

@testable import Wire

/// RFC 5452 §9.1, over both transports.
@Suite("A reply is accepted only when it answers the query")
struct AcceptanceTests {
    /// Something that is no answer, and the counter it goes to.
    struct Impostor: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let counter: @Sendable (EngineCounters.Ignored) -> Int
        let forge: @Sendable (FakeQuery) -> [UInt8]

        init(
            _ sentence: String, _ counter: @escaping @Sendable (EngineCounters.Ignored) -> Int,
            _ forge: @escaping @Sendable (FakeQuery) -> [UInt8]
        ) {
            testDescription = sentence
            self.counter = counter
            self.forge = forge
        }
    }

    static let impostors: [Impostor] = [
        Impostor("another ID", \.wrongID) { edited($0.answer([6, 6, 6, 6]), at: 1) { $0 ^ 1 } },
        Impostor("another name", \.wrongQuestion) {
            edited($0.answer([6, 6, 6, 6]), at: 13) { _ in UInt8(ascii: "x") }
        },
        Impostor("the name in other case", \.wrongQuestion) { edited($0.answer([6, 6, 6, 6]), at: 13) { $0 ^ 0x20 } },
        Impostor("another type", \.wrongQuestion) { query in
            edited(query.answer([6, 6, 6, 6]), at: 12 + query.question.count - 3) { _ in 28 }
        },
        Impostor("another class", \.wrongQuestion) { query in
            edited(query.answer([6, 6, 6, 6]), at: 12 + query.question.count - 1) { _ in 3 }
        },
        Impostor("no question", \.wrongQuestion) { Array($0.reply().prefix(4)) + [0, 0, 0, 0, 0, 0, 0, 0] },
        Impostor("two questions", \.wrongQuestion) { edited($0.answer([6, 6, 6, 6]), at: 5) { _ in 2 } },
        Impostor("a question that is cut off", \.wrongQuestion) { Array($0.reply().prefix(20)) },
        Impostor("a query", \.notAReply) { edited($0.answer([6, 6, 6, 6]), at: 2) { $0 & 0x7F } },
        Impostor("a reply to a NOTIFY", \.notAReply) { edited($0.answer([6, 6, 6, 6]), at: 2) { $0 | 0x20 } },
        Impostor("only an ID", \.notAReply) { Array($0.octets.prefix(2)) },
        Impostor("nothing", \.notAReply) { _ in [] },
    ]

    @Test("over UDP", arguments: impostors)
    func udp(impostor: Impostor) async throws { try await check(impostor, over: .udp) }

    @Test("over TCP", arguments: impostors)
    func tcp(impostor: Impostor) async throws { try await check(impostor, over: .tcp) }

    private func check(_ impostor: Impostor, over transport: Endpoint.Transport) async throws {
        let server = try FakeNameServer { query in
            [.reply(impostor.forge(query)), .reply(impostor.forge(query)), .reply(query.answer())]
        }
        let engine = try QueryEngine()
        let reply = await engine.reply(
            to: Query(try .a("cat.example"), to: server.endpoint(transport)), retry: .patient)
        #expect(reply.answers == ["192.0.2.1"])
        #expect(impostor.counter(engine.counters.ignored) == 2)
        #expect(engine.counters.ignored.total == 2)
    }

    @Test("a datagram from another port or address is not")
    func wrongSource() async throws {
        let server = try FakeNameServer { query in
            [
                .replyFromOtherPort(query.answer([6, 6, 6, 6])), .replyFromOtherAddress(query.answer([6, 6, 6, 6])),
                .reply(query.answer()),
            ]
        }
        let engine = try QueryEngine()
        let reply = await engine.reply(to: Query(try .a("cat.example"), to: server.endpoint()), retry: .patient)
        #expect(reply.answers == ["192.0.2.1"])
        #expect(engine.counters.ignored.wrongSource == 2)
    }

    @Test("one that comes after the query has ended is late")
    func late() async throws {
        let server = try FakeNameServer { query in
            query.firstLabel == "late" ? [.hold(query.answer())] : [.releaseHeld, .reply(query.answer())]
        }
        let engine = try QueryEngine()
        let late = await engine.reply(to: Query(try .a("late.example"), to: server.endpoint()), retry: .brief)
        #expect(late.failure == .timeout)
        _ = await engine.reply(to: Query(try .a("next.example"), to: server.endpoint()), retry: .patient)
        while engine.counters.received < 3 { await Task.yield() }
        #expect(engine.counters.ignored.late == 2)
    }

    private static func complaint(_ rcode: UInt8, about query: FakeQuery) -> [UInt8] {
        Array(query.reply(rcode: rcode).prefix(4)) + [0, 0, 0, 0, 0, 0, 0, 0]
    }

    @Test("a complaint without a question makes us ask more simply", arguments: [Endpoint.Transport.udp, .tcp])
    func complaintWithoutQuestion(transport: Endpoint.Transport) async throws {
        let server = try FakeNameServer { query in
            [.reply(query.hasEDNS ? Self.complaint(1, about: query) : query.answer())]
        }
        let engine = try QueryEngine()
        let query = Query(try .a("cat.example"), to: server.endpoint(transport))
        let reply = await engine.reply(to: query, retry: .patient)
        #expect(reply.answers == ["192.0.2.1"])
        #expect(!reply.usedEDNS)
        #expect(reply.tries == 2)
    }

    @Test(
        "and when it comes again, it is the error that it says", arguments: [(UInt8(1), "FORMERR"), (4, "NOTIMP")],
        [Endpoint.Transport.udp, .tcp])
    func lastingComplaint(rcode: (number: UInt8, name: String), transport: Endpoint.Transport) async throws {
        let server = try FakeNameServer { [.reply(Self.complaint(rcode.number, about: $0))] }
        let engine = try QueryEngine()
        let query = Query(try .a("cat.example"), to: server.endpoint(transport))
        let reply = await engine.reply(to: query, retry: .patient)
        let response = try #require(reply.response)
        #expect(response.rcode.description == rcode.name)
        #expect(response.question == query.question)
        #expect(response.answer.isEmpty && response.edns == nil)
        #expect(reply.tries == 2)
    }

    @Test("while an error other than these, without a question, says nothing")
    func otherComplaint() async throws {
        let server = try FakeNameServer { [.reply(Self.complaint(5, about: $0)), .reply($0.answer())] }
        let engine = try QueryEngine()
        let reply = await engine.reply(to: Query(try .a("cat.example"), to: server.endpoint()), retry: .patient)
        #expect(reply.answers == ["192.0.2.1"])
        #expect(engine.counters.ignored.wrongQuestion == 1)
    }

    private static func edited(_ octets: [UInt8], at index: Int, _ change: (UInt8) -> UInt8) -> [UInt8] {
        var octets = octets
        octets[index] = change(octets[index])
        return octets
    }
}
