import DNSModel
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import Wire

@Suite("Forged replies to the very port of an outstanding query")
struct ForgeryTests {
    private static let total = Sampling.count(20_000, soak: 500_000)
    private static let perQuery = 1000

    /// Each is wrong in one way; what is wrong goes round.
    private static func forgeries(
        for query: FakeQuery, count: Int, generator: inout SplitMix
    ) -> [FakeNameServer.Action] {
        (0..<count).map { number in
            var octets = query.answer([6, 6, 6, 6])
            switch number % 4 {
            case 0: return .replyFromOtherAddress(octets)
            case 1: return .replyFromOtherPort(octets)
            case 2:
                let id = query.id ^ UInt16.random(in: 1 ... .max, using: &generator)
                octets[0] = UInt8(id >> 8)
                octets[1] = UInt8(id & 0xFF)
                return .reply(octets)
            default:
                // Any octet of the question, changed by any bits.
                let index = 12 + Int.random(in: 0..<query.question.count, using: &generator)
                octets[index] ^= UInt8.random(in: 1 ... .max, using: &generator)
                return .reply(octets)
            }
        }
    }

    @Test("are never accepted, and the true answer that follows them is")
    func flood() async throws {
        let generator = Mutex(SplitMix(seed: Sampling.seed))
        let server = try FakeNameServer { query in
            generator.withLock { Self.forgeries(for: query, count: Self.perQuery, generator: &$0) }
                + [.reply(query.answer())]
        }
        let engine = try QueryEngine()
        for number in 0..<(Self.total / Self.perQuery) {
            let query = Query(try .a("forged\(number).example"), to: server.endpoint())
            // The kernel drops what does not fit its buffers, be it the true answer.
            let retry = RetryPolicy(tryTimeout: .seconds(1), tries: 20, deadline: .seconds(30))
            #expect(await engine.reply(to: query, retry: retry).answers == ["192.0.2.1"])
        }
        let ignored = engine.counters.ignored
        #expect(ignored.total + ignored.late >= Self.total / 2, "most of them arrived")
        for kind in [ignored.wrongSource, ignored.wrongID, ignored.wrongQuestion] {
            #expect(kind >= Self.total / 16)
        }
    }
}
