import DNSModel
import Synchronization
import TestSupport
import Testing

@testable import Wire

@Suite("What a primary server answers is believed only when it must be the answer")
struct PrimaryExchangeTests {
    private static let zone = DomainName(validatedWire: [8] + Array("failover".utf8) + [4] + Array("test".utf8) + [0])
    private static let update = DynamicUpdate(
        zone: zone, prerequisites: [.rrsetExists(zone, .a)], changes: [.deleteRRset(zone, .a)])
    private static let key = "hmac-sha256:k-sha256:c2hhMjU2IGtleSBvZiB0ZXN0cyE="

    private func failure(
        _ server: FakeNameServer, _ transport: Endpoint.Transport = .udp, key: String? = nil,
        retry: RetryPolicy = .patient
    ) async throws -> UpdateFailure? {
        let key = try key.map { try TSIGKey(parsing: $0) }
        let primary = PrimaryServer(server.endpoint(transport), key: key, retry: retry)
        do {
            try await primary.send(Self.update)
            return nil
        } catch {
            return error
        }
    }

    /// The answer to an update.
    private static func answer(_ query: FakeQuery, rcode: UInt8 = 0) -> [UInt8] {
        query.reply(rcode: rcode, flags: 0xA800)
    }

    @Test("An update goes out with its own opcode, one zone and no recursion, and NOERROR ends it")
    func octets() async throws {
        let server = try FakeNameServer { [.reply(Self.answer($0))] }
        #expect(try await failure(server) == nil)
        let query = try #require(server.queries.first)
        #expect(query.octets[2...3] == [0x28, 0])
        #expect(query.octets[4..<12] == [0, 1, 0, 1, 0, 1, 0, 0])
        // Zone section, one prerequisite and one deletion of class ANY (RFC 2136 §2.4.1, §2.5.2), names compressed.
        let tail: [UInt8] = [0xC0, 12, 0, 1, 0, 255, 0, 0, 0, 0, 0, 0]
        #expect(Array(query.octets[12...]) == Self.zone.wire + [0, 6, 0, 1] + tail + tail)
    }

    static let strangers: [Case<@Sendable (FakeQuery) -> FakeNameServer.Action, Bool>] = [
        Case("another ID", { .reply(answer($0).withID($0.id ^ 1)) }, true),
        Case("the opcode of a query", { .reply($0.reply(flags: 0x8400)) }, true),
        Case("an update rather than an answer", { .reply($0.octets) }, true),
        Case("from another port", { .replyFromOtherPort(answer($0)) }, true),
        Case("from another address", { .replyFromOtherAddress(answer($0)) }, true),
        Case("eleven octets", { .reply(Array(answer($0).prefix(11))) }, true),
        Case("a count of records that are not there", { .reply(answer($0).replacing(at: 7, with: 1)) }, true),
    ]

    @Test("What is no answer to the update is passed over, and the answer waited for", arguments: strangers)
    func passedOver(stranger: Case<@Sendable (FakeQuery) -> FakeNameServer.Action, Bool>) async throws {
        let server = try FakeNameServer { query in
            [stranger.input(query), .reply(Self.answer(query, rcode: 5))]
        }
        #expect(try await failure(server) == .refused(.other(.refused)))
        #expect(server.queries.count == 1)
    }

    @Test("The answer may leave the zone out, or repeat the update's marks")
    func shapes() async throws {
        let bare = try FakeNameServer { query in
            [.reply(query.octets.prefix(2) + [0xA8, 0, 0, 0, 0, 0, 0, 0, 0, 0])]
        }
        #expect(try await failure(bare) == nil)
        let echo = try FakeNameServer { query in [.reply(query.octets.replacing(at: 2, with: 0xA8))] }
        #expect(try await failure(echo) == nil)
    }

    @Test("An update without an answer is sent again as it was, and then nobody knows")
    func silence() async throws {
        let server = try FakeNameServer { _ in [] }
        #expect(try await failure(server, retry: .brief) == .uncertain("\(server.endpoint()): no answer"))
        #expect(Set(server.queries.map(\.octets)).count == 1)
        #expect(server.queries.count == 2)
    }

    @Test("A repeated update whose prerequisite fails may have been done by the first: nobody knows")
    func repeated() async throws {
        let server = try FakeNameServer { isFirst($0) ? [] : [.reply(Self.answer($0, rcode: 8))] }
        let retry = RetryPolicy(tryTimeout: .milliseconds(50), tries: 400, deadline: .seconds(20))
        let expected = "\(server.endpoint()): NXRRSET to a repeated update, which its first sending may have caused"
        #expect(try await failure(server, retry: retry) == .uncertain(expected))
    }

    @Test(
        "A repeated update that is done now, or refused for another reason, is certain", arguments: [0, 5] as [UInt8])
    func repeatedCertainly(rcode: UInt8) async throws {
        let server = try FakeNameServer { isFirst($0) ? [] : [.reply(Self.answer($0, rcode: rcode))] }
        let retry = RetryPolicy(tryTimeout: .milliseconds(50), tries: 400, deadline: .seconds(20))
        #expect(try await failure(server, retry: retry) == (rcode == 0 ? nil : .refused(.other(.refused))))
    }

    @Test("Success that should be signed and is not is no success", arguments: [Endpoint.Transport.udp, .tcp])
    func unsigned(transport: Endpoint.Transport) async throws {
        let server = try FakeNameServer { [.reply(Self.answer($0))] }
        let expected = UpdateFailure.uncertain("\(server.endpoint(transport)): the answer is not signed")
        #expect(try await failure(server, transport, key: Self.key, retry: .brief) == expected)
    }

    @Test("A refusal need not be signed: a server signs nothing for whom it does not know")
    func unsignedRefusal() async throws {
        let server = try FakeNameServer { [.reply(Self.answer($0, rcode: 9))] }
        #expect(try await failure(server, key: Self.key) == .refused(.other(.notAuth)))
    }

    @Test("A signature that is merely sent back is wrong")
    func mirrored() async throws {
        let server = try FakeNameServer { query in [.reply(query.octets.replacing(at: 2, with: 0xA8))] }
        let expected = UpdateFailure.uncertain("\(server.endpoint()): the answer's signature is wrong")
        #expect(try await failure(server, key: Self.key, retry: .brief) == expected)
    }

    @Test("A cut answer without its signature is asked for again over TCP, as a repetition")
    func truncated() async throws {
        let server = try FakeNameServer { query in
            query.transport == .udp
                ? [.reply(query.reply(flags: 0xAA00))] : [.reply(Self.answer(query, rcode: 5))]
        }
        #expect(try await failure(server, key: Self.key) == .refused(.other(.refused)))
        #expect(server.queries.map(\.transport) == [.udp, .tcp])
        #expect(Set(server.queries.map(\.octets)).count == 1)
    }

    @Test("A port where nobody listens has received nothing", arguments: [Endpoint.Transport.udp, .tcp])
    func refusedPort(transport: Endpoint.Transport) async throws {
        let primary = PrimaryServer(Endpoint(.loopback, port: 1, transport: transport), retry: .patient)
        await #expect(throws: UpdateFailure.notReceived(.unreachable("Connection refused"))) {
            try await primary.send(Self.update)
        }
    }

    @Test("A connection that ends without an answer leaves doubt")
    func closed() async throws {
        let server = try FakeNameServer { _ in [.close] }
        let expected = UpdateFailure.uncertain(
            "\(server.endpoint(.tcp)): the server closed the connection without an answer")
        #expect(try await failure(server, .tcp) == expected)
    }

    @Test("A cancelled update that has gone out leaves doubt")
    func cancelled() async throws {
        let (asked, signal) = AsyncStream.makeStream(of: Void.self)
        let server = try FakeNameServer { _ in
            signal.finish()
            return []
        }
        let task = Task { [endpoint = server.endpoint()] in
            try await PrimaryServer(endpoint, retry: .patient).send(Self.update)
        }
        for await _ in asked {}
        task.cancel()
        await #expect(throws: UpdateFailure.uncertain("\(server.endpoint()): cancelled")) { try await task.value }
    }

    static let senseless: [Case<DynamicUpdate, String>] = [
        Case(
            "a name outside the zone", DynamicUpdate(zone: zone, changes: [.deleteRRset(.root, .a)]),
            ". is not in the zone failover.test"),
        Case(
            "a prerequisite without values",
            DynamicUpdate(zone: zone, prerequisites: [.rrset(zone, .a, [])], changes: []),
            "failover.test A: a prerequisite needs values of that type"),
        Case(
            "a prerequisite with values of another type",
            DynamicUpdate(
                zone: zone, prerequisites: [.rrset(zone, .aaaa, [RecordData(.loopback)])], changes: []),
            "failover.test AAAA: a prerequisite needs values of that type"),
        Case(
            "more than fits into a message",
            DynamicUpdate(
                zone: zone,
                changes: Array(
                    repeating: .add(
                        zone, TTL(1), RecordData(type: .txt, octets: [250] + Array(repeating: 65, count: 250))),
                    count: 300)), "the update does not fit into one message"),
    ]

    @Test("What no server could take is not sent", arguments: senseless)
    func notSent(senseless: Case<DynamicUpdate, String>) async throws {
        let primary = PrimaryServer(Endpoint(.loopback, port: 1))
        await #expect(throws: UpdateFailure.badRequest(senseless.output)) { try await primary.send(senseless.input) }
    }
}

extension [UInt8] {
    fileprivate func replacing(at index: Int, with octet: UInt8) -> [UInt8] {
        var octets = self
        octets[index] = octet
        return octets
    }
}
