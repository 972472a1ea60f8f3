import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite("The engine finds a way to an answer")
struct FallbackTests {
    @Test("by asking once more when a datagram is lost")
    func retransmission() async throws {
        let server = try FakeNameServer { isFirst($0) ? [] : [.reply($0.answer())] }
        let engine = try QueryEngine()
        let retry = RetryPolicy(tryTimeout: .milliseconds(50), tries: 100, deadline: .seconds(20))
        let reply = await engine.reply(to: Query(try .a("cat.example"), to: server.endpoint()), retry: retry)
        #expect(reply.answers == ["192.0.2.1"])
        #expect(reply.tries >= 2)
        let queries = server.queries
        #expect(queries[0].id != queries[1].id, "a retransmission has an ID of its own")
    }

    @Test("by taking a slow answer to the first try after the second was sent")
    func slowAnswer() async throws {
        let server = try FakeNameServer { isFirst($0) ? [.hold($0.answer())] : [.releaseHeld] }
        let engine = try QueryEngine()
        let retry = RetryPolicy(tryTimeout: .milliseconds(50), tries: 100, deadline: .seconds(20))
        let reply = await engine.reply(to: Query(try .a("cat.example"), to: server.endpoint()), retry: retry)
        #expect(reply.answers == ["192.0.2.1"])
        #expect(reply.rtt >= .milliseconds(50), "it is counted from the datagram that was answered")
    }

    @Test("over TCP when the answer is truncated")
    func truncation() async throws {
        let server = try FakeNameServer { query in
            [.reply(query.transport == .udp ? query.reply(flags: 0x8600) : query.answer())]
        }
        let engine = try QueryEngine()
        let reply = await engine.reply(to: Query(try .a("cat.example"), to: server.endpoint()), retry: .patient)
        #expect(reply.answers == ["192.0.2.1"])
        #expect(reply.transport == .tcp)
        #expect(reply.tries == 2)
    }

    @Test("and says when that TCP fails")
    func truncatedWithoutTCP() async throws {
        let refusing = try FakeNameServer(listensOnTCP: false) { [.reply($0.reply(flags: 0x8600))] }
        let silent = try FakeNameServer { $0.transport == .udp ? [.reply($0.reply(flags: 0x8600))] : [] }
        let closing = try FakeNameServer { $0.transport == .udp ? [.reply($0.reply(flags: 0x8600))] : [.close] }
        let engine = try QueryEngine()
        let question = try Question.a("cat.example")
        let refused = await engine.reply(to: Query(question, to: refusing.endpoint()), retry: .patient)
        #expect(refused.failure == .truncated("Connection refused"))
        // Long enough for the truncated answer on a busy machine; the silence after it costs as much.
        let once = RetryPolicy(tryTimeout: .seconds(1), tries: 1, deadline: .seconds(20))
        let unanswered = await engine.reply(to: Query(question, to: silent.endpoint()), retry: once)
        #expect(unanswered.failure == .truncated("no answer"))
        let closed = await engine.reply(to: Query(question, to: closing.endpoint()), retry: .patient)
        #expect(closed.failure == .truncated("the server closed the connection"))
    }

    @Test(
        "without EDNS when the server does not understand it",
        arguments: [
            ("FORMERR", 1, []), ("FORMERR with an OPT record", 1, [FakeQuery.opt()]), ("NOTIMP", 4, []),
            ("BADVERS", 0, [FakeQuery.opt(extendedCode: 1)]),
        ] as [(String, UInt8, [[UInt8]])], [Endpoint.Transport.udp, .tcp])
    func withoutEDNS(refusal: (String, UInt8, [[UInt8]]), transport: Endpoint.Transport) async throws {
        let (_, rcode, additional) = refusal
        let server = try FakeNameServer { query in
            [.reply(query.hasEDNS ? query.reply(rcode: rcode, additional: additional) : query.answer())]
        }
        let engine = try QueryEngine()
        let reply = await engine.reply(
            to: Query(try .a("cat.example"), to: server.endpoint(transport)), retry: .patient)
        #expect(reply.answers == ["192.0.2.1"])
        #expect(!reply.usedEDNS)
        #expect(reply.tries == 2)
    }

    @Test(
        "but takes an error for an answer when EDNS is not to blame",
        arguments: [
            ("SERVFAIL", 2, true), ("REFUSED", 5, true), ("NXDOMAIN", 3, true), ("FORMERR without EDNS", 1, false),
            ("NOTIMP from a server that has EDNS", 4, true),
        ] as [(String, UInt8, Bool)])
    func errors(error: String, rcode: UInt8, usesEDNS: Bool) async throws {
        let server = try FakeNameServer { query in
            [.reply(query.reply(rcode: rcode, additional: query.hasEDNS ? [FakeQuery.opt()] : []))]
        }
        let engine = try QueryEngine()
        var options = QueryOptions()
        if !usesEDNS { options.ednsPayloadSize = nil }
        let query = Query(try .a("cat.example"), to: server.endpoint(), options: options)
        let reply = await engine.reply(to: query, retry: .patient)
        #expect(reply.response?.rcode.rawValue == UInt16(rcode))
        #expect(reply.tries == 1)
    }

    @Test("by asking once more when an answer is malformed, and else says what was wrong with it")
    func malformed() async throws {
        let garbled = try FakeNameServer { query in
            [.reply(isFirst(query) ? query.answer() + [0] : query.answer())]
        }
        let garbling = try FakeNameServer { [.reply($0.answer() + [0])] }
        let engine = try QueryEngine()
        let question = try Question.a("cat.example")
        let mended = await engine.reply(to: Query(question, to: garbled.endpoint()), retry: .patient)
        #expect(mended.answers == ["192.0.2.1"])
        #expect(mended.tries == 2)
        let failed = await engine.reply(to: Query(question, to: garbling.endpoint()), retry: .patient)
        #expect(failed.failure == .malformed("octets follow after its end"))
        #expect(engine.counters.malformed == 3)
    }
}
