import DNSModel
import Glibc
import TestSupport
import Testing

@testable import Wire

@Suite("Over UDP")
struct UDPTests {
    @Test("each cache sample comes from a port of its own")
    func freshPorts() async throws {
        // All are answered at the end, so that no port can serve twice.
        let server = try FakeNameServer { $0.number < 29 ? [.hold($0.answer())] : [.hold($0.answer()), .releaseHeld] }
        let engine = try QueryEngine()
        let query = Query(try .a("cat.example"), to: server.endpoint(), options: .cacheSample)
        let replies = await engine.replies(to: Array(repeating: query, count: 30), retry: .patient)
        #expect(replies.allSatisfy { $0.answers == ["192.0.2.1"] })
        #expect(Set(server.queries.map(\.sourcePort)).count == 30)
    }

    @Test("more cache samples than there may be sockets take turns")
    func manyFreshPorts() async throws {
        let server = try FakeNameServer { [.reply($0.answer())] }
        let engine = try QueryEngine()
        let query = Query(try .a("cat.example"), to: server.endpoint(), options: .cacheSample)
        let replies = await engine.replies(to: Array(repeating: query, count: 1000), retry: .patient)
        #expect(replies.allSatisfy { $0.answers == ["192.0.2.1"] })
    }

    @Test("other queries come from many ports, with IDs that cannot be guessed")
    func ports() async throws {
        let server = try FakeNameServer { [.reply($0.answer())] }
        let engine = try QueryEngine()
        let query = Query(try .a("cat.example"), to: server.endpoint())
        for _ in 0..<40 { _ = await engine.reply(to: query, retry: .patient) }
        let ports = Set(server.queries.map(\.sourcePort))
        #expect((8...16).contains(ports.count), "sixteen sockets, chosen at random")
        let ids = server.queries.map(\.id)
        #expect(Set(ids).count >= 38, "two of 40 random IDs are equal in one run of 80")
        #expect(zip(ids, ids.dropFirst()).contains { $1 &- $0 > 256 && $0 &- $1 > 256 })
    }

    @Test("a server gets no more at once than it has shown to bear, and more when it has")
    func pacing() async throws {
        let first = Pace.initialWindow
        let server = try FakeNameServer { [$0.number < first ? .hold($0.answer()) : .reply($0.answer())] }
        let other = try FakeNameServer { [.reply($0.answer())] }
        let engine = try QueryEngine()
        let queries = try (0..<500).map { Query(try .a("h\($0).example"), to: server.endpoint()) }
        async let replies = engine.replies(to: queries, retry: .patient)
        while server.queries.count < first { await Task.yield() }
        // The engine goes round a few times more, with time to send what it should not.
        for _ in 0..<10 {
            _ = await engine.reply(to: Query(try .a("x.example"), to: other.endpoint()), retry: .patient)
        }
        #expect(server.queries.count == first)
        server.release()
        #expect(await replies.allSatisfy { $0.answers == ["192.0.2.1"] })
    }

    @Test("a server that is silent does not hold up another")
    func silentNeighbour() async throws {
        let silent = try FakeNameServer { _ in [] }
        let server = try FakeNameServer { [.reply($0.answer())] }
        let engine = try QueryEngine()
        let queries = try (0..<400).map {
            Query(try .a("h\($0).example"), to: ($0 % 2 == 0 ? silent : server).endpoint())
        }
        var answered = 0
        for await reply in engine.replyStream(to: queries, retry: .patient) {
            #expect(reply.answers == ["192.0.2.1"])
            answered += 1
            if answered == 200 { break }
        }
        #expect(answered == 200)
    }

    @Test("a server without a listener is known at once for all that it was asked")
    func refusalOfMany() async throws {
        let port = try LoopbackSocket.freePort()
        let address = try #require(IPAddress("127.0.0.1"))
        let engine = try QueryEngine()
        let queries = try (10..<60).map { Query(try .a("h\($0).example"), to: Endpoint(address, port: port)) }
        let replies = await engine.replies(to: queries, retry: .patient)
        #expect(replies.allSatisfy { $0.failure == .unreachable("Connection refused") })
    }

    @Test("a family without a route is known at once", .enabled(if: !hasDefaultRoute))
    func noRoute() async throws {
        // An address for documentation, to which nothing is sent where there is no route.
        let endpoints = try ["192.0.2.1", "2001:db8::1"].map { Endpoint(try #require(IPAddress($0))) }
        let server = try FakeNameServer { [.reply($0.answer())] }
        let engine = try QueryEngine()
        let queries = try (endpoints + [server.endpoint()]).map { Query(try .a("cat.example"), to: $0) }
        let replies = await engine.replies(to: queries, retry: .patient)
        #expect(replies[0].failure == .noRoute(.ipv4))
        #expect(replies[1].failure == .noRoute(.ipv6))
        #expect(replies[2].answers == ["192.0.2.1"])
    }

    @Test("EDNS says what the options say")
    func options() async throws {
        let server = try FakeNameServer { query in
            // Sends the options back that it got.
            [.reply(query.reply(additional: [Array(query.octets[(12 + query.question.count)...])]))]
        }
        let engine = try QueryEngine()
        var options = QueryOptions()
        options.clientSubnet = IPPrefix("198.51.100.77/25")
        options.requestZoneVersion = true
        options.dnssecOK = true
        options.recursionDesired = true
        options.checkingDisabled = true
        let query = Query(try .a("cat.example"), to: server.endpoint(), options: options)
        let edns = try #require(await engine.reply(to: query, retry: .patient).response?.edns)
        #expect(edns.udpPayloadSize == 1232)
        #expect(edns.dnssecOK)
        #expect(edns.nsid == [])
        #expect(edns.clientSubnet?.source == IPPrefix("198.51.100.0/25"))
        let sent = try #require(server.queries.first).octets
        #expect(sent[2] == 0x01 && sent[3] == 0x10, "RD and CD")
        #expect(Array(sent.suffix(4)) == [0, 19, 0, 0], "ZONEVERSION is asked for with no data")
    }

    @Test("answers that come again and again are no longer decoded, and share their response")
    func reuse() async throws {
        let server = try FakeNameServer { [.reply($0.answer())] }
        let engine = try QueryEngine()
        let query = Query(try .a("cat.example"), to: server.endpoint())
        var responses: [Response?] = []
        for _ in 0..<5 { responses.append(await engine.reply(to: query, retry: .patient).response) }
        #expect(engine.counters.reused == 3)
        #expect(responses[1] === responses[4])
        #expect(responses.allSatisfy { $0?.answer == responses[0]?.answer })
    }
}

/// Whether the machine would send a packet for 192.0.2.1 somewhere; `make test` sees to it that it would not.
private let hasDefaultRoute: Bool = {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(53).bigEndian
    address.sin_addr.s_addr = UInt32(0xC000_0201).bigEndian
    // Connecting a datagram socket looks for a route and sends nothing.
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }
}()
