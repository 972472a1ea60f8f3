import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite("The built-in authoritative server answers as a name server must")
struct AuthoritativeResponderTests {
    private let responder: AuthoritativeResponder
    private let engine: QueryEngine

    init() throws {
        responder = try AuthoritativeResponder(zone: DomainName("sandbox.test"), address: .loopback)
        engine = try QueryEngine()
        let records: [(String, RecordType, [String])] = [
            ("cat", .a, ["192.0.2.1", "192.0.2.2"]), ("cat", .aaaa, ["2001:db8::1"]), ("a.deep", .a, ["192.0.2.3"]),
            ("www", .cname, ["cat.sandbox.test"]), ("away", .cname, ["www.example.com"]),
            ("lost", .cname, ["nothing.sandbox.test"]), ("loop", .cname, ["loop.sandbox.test"]),
            ("large", .txt, (0..<40).map { "\($0) \(String(repeating: "x", count: 40))" }),
        ]
        for (name, type, values) in records { #expect(try publish(values, name, type)) }
    }

    private func publish(_ values: [String], _ name: String, _ type: RecordType, old: [String]? = nil) throws -> Bool {
        func set(_ values: [String]) throws -> Set<RecordData> {
            Set(try values.map { try RecordData(parsing: $0, type: type) })
        }
        return responder.publish(
            try set(values), as: try DomainName(name + ".sandbox.test"), type, ttl: TTL(30), old: try old.map(set))
    }

    /// Asks while the responder serves.
    private func ask(
        _ name: String, _ type: RecordType, _ transport: Endpoint.Transport = .udp,
        options: QueryOptions = .authoritative
    ) async throws -> Reply {
        let endpoint = Endpoint(.loopback, port: responder.endpoint.port, transport: transport)
        let query = Query(Question(try DomainName(name), type), to: endpoint, options: options)
        return await serving { await engine.reply(to: query, retry: .patient) }
    }

    private func serving<Value: Sendable>(_ body: () async throws -> Value) async rethrows -> Value {
        let task = Task { [responder] in await responder.run() }
        defer { task.cancel() }
        return try await body()
    }

    static let answers: [Case<(name: String, type: RecordType), String>] = [
        Case("a record", ("cat.sandbox.test", .aaaa), "NOERROR aa 2001:db8::1 | "),
        Case("a record with two values", ("cat.sandbox.test", .a), "NOERROR aa 192.0.2.1 192.0.2.2 | "),
        Case("a name in other letters", ("CAT.SandBox.Test", .aaaa), "NOERROR aa 2001:db8::1 | "),
        Case("a type that the name does not have", ("cat.sandbox.test", .txt), "NOERROR aa  | SOA"),
        Case("a name that does not exist", ("dog.sandbox.test", .a), "NXDOMAIN aa  | SOA"),
        Case("a name that exists only for those below it", ("deep.sandbox.test", .a), "NOERROR aa  | SOA"),
        Case("a name below one that exists", ("x.cat.sandbox.test", .a), "NXDOMAIN aa  | SOA"),
        Case("the apex's servers", ("sandbox.test", .ns), "NOERROR aa ns.sandbox.test | "),
        Case("the server's own address", ("ns.sandbox.test", .a), "NOERROR aa 127.0.0.1 | "),
        Case(
            "the SOA", ("sandbox.test", .soa),
            "NOERROR aa ns.sandbox.test. hostmaster.sandbox.test. 11 3600 600 86400 5 | "),
        Case("an alias", ("www.sandbox.test", .aaaa), "NOERROR aa cat.sandbox.test 2001:db8::1 | "),
        Case("an alias itself", ("www.sandbox.test", .cname), "NOERROR aa cat.sandbox.test | "),
        Case("an alias to a name that lacks the type", ("www.sandbox.test", .txt), "NOERROR aa cat.sandbox.test | SOA"),
        Case("an alias to nothing", ("lost.sandbox.test", .a), "NXDOMAIN aa nothing.sandbox.test | SOA"),
        Case("an alias out of the zone", ("away.sandbox.test", .a), "NOERROR aa www.example.com | "),
        Case("another zone", ("www.example.com", .a), "REFUSED --  | "),
        Case("the zone above", ("test", .soa), "REFUSED --  | "),
        Case("a transfer", ("sandbox.test", RecordType(rawValue: 252)), "REFUSED --  | "),
    ]

    @Test("Answers have the right code, authority and sections, over both transports", arguments: answers, [0, 1])
    func answer(answer: Case<(name: String, type: RecordType), String>, transport: Int) async throws {
        let reply = try await ask(answer.input.name, answer.input.type, [.udp, .tcp][transport])
        let response = try #require(reply.response)
        let data = response.answer.map(\.data.text).joined(separator: " ")
        let authority = response.authority.map(\.type.description).joined(separator: " ")
        #expect("\(response.rcode) \(response.isAuthoritative ? "aa" : "--") \(data) | \(authority)" == answer.output)
        #expect(response.edns?.udpPayloadSize == 1232)
    }

    @Test("Answers live as long as they were published to, and what there is not, for its own time")
    func timesToLive() async throws {
        #expect(try await ask("cat.sandbox.test", .a).response?.answer.map(\.ttl) == [TTL(30), TTL(30)])
        #expect(try await ask("dog.sandbox.test", .a).response?.negativeTTL == TTL(5))
    }

    @Test("A chain of aliases that turns back on itself ends")
    func loop() async throws {
        let response = try #require(try await ask("loop.sandbox.test", .a).response)
        #expect(CNAMEChain(from: response.question, in: response.answer).isLoop)
    }

    @Test("What is too long for the client's datagram is cut, and comes over TCP")
    func truncation() async throws {
        for size in [nil, 512, 1232, 4096] as [UInt16?] {
            var options = QueryOptions.authoritative
            options.ednsPayloadSize = size
            let reply = try await ask("large.sandbox.test", .txt, options: options)
            #expect(reply.response?.answer.count == 40)
            #expect(reply.transport == .tcp)
            #expect((reply.response?.edns == nil) == (size == nil))
        }
    }

    @Test("What is published changes at once, and every change raises the serial")
    func change() async throws {
        let serial = try await soa().serial
        #expect(try publish(["192.0.2.9"], "cat", .a))
        #expect(try await ask("cat.sandbox.test", .a).answers == ["192.0.2.9"])
        #expect(try await soa().serial == SOASerial(serial.rawValue + 1))
        #expect(try publish([], "cat", .a))
        #expect(try await ask("cat.sandbox.test", .a).response?.rcode == .noError)
        #expect(try publish([], "cat", .aaaa))
        #expect(try await ask("cat.sandbox.test", .a).response?.rcode == .nxDomain)
        #expect(responder.published(try DomainName("cat.sandbox.test"), .a) == nil)
    }

    private func soa() async throws -> SOA {
        let data = try #require(try await ask("sandbox.test", .soa).response?.answer.first?.data)
        return try #require(SOA(data))
    }

    @Test("A change that expects other values than are there is not made")
    func compareAndSet() async throws {
        #expect(try !publish(["192.0.2.9"], "cat", .a, old: ["192.0.2.1"]))
        #expect(try !publish(["192.0.2.9"], "cat", .a, old: []))
        #expect(try await ask("cat.sandbox.test", .a).answers.sorted() == ["192.0.2.1", "192.0.2.2"])
        #expect(try publish(["192.0.2.9"], "cat", .a, old: ["192.0.2.2", "192.0.2.1"]))
        #expect(try publish(["192.0.2.9"], "dog", .a, old: []))
        #expect(try await ask("dog.sandbox.test", .a).answers == ["192.0.2.9"])
    }

    @Test("Names outside the zone, SOA and values of another type are not taken")
    func senseless() throws {
        let outside = try DomainName("cat.example")
        let inside = try DomainName("cat.sandbox.test")
        let value = RecordData(.loopback)
        #expect(!responder.publish([value], as: outside, .a, ttl: TTL(1)))
        #expect(!responder.publish([value], as: inside, .aaaa, ttl: TTL(1)))
        #expect(!responder.publish([], as: inside, .soa, ttl: TTL(1)))
    }

    static let rubbish: [Case<[UInt8], [UInt8]?>] = [
        Case("nothing", [], nil),
        Case("eleven octets", Array(repeating: 0, count: 11), nil),
        Case("a reply", [0x12, 0x34, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1], nil),
        Case("a header without a question", header(0x01, 0), header(0x81, 1)),
        Case("a question that is cut", header(0x00, 0, questions: 1) + [3, 99, 97], header(0x80, 1)),
        Case("two questions", header(0, 0, questions: 2) + [0, 0, 1, 0, 1, 0, 0, 1, 0, 1], header(0x80, 1)),
        Case("octets after the question", header(0, 0, questions: 1) + [0, 0, 1, 0, 1, 7], header(0x80, 1)),
        Case("a pointer for a name", header(0, 0, questions: 1) + [0xC0, 12, 0, 1, 0, 1], header(0x80, 1)),
        Case(
            "a question with an answer",
            [0x12, 0x34, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1] + [0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4],
            header(0x80, 1)),
        Case("an update", header(0x28, 0, questions: 1) + [0, 0, 6, 0, 1], header(0xA8, 4)),
        Case("a notification", header(0x20, 0, questions: 1) + [0, 0, 6, 0, 1], header(0xA0, 4)),
    ]

    private static func header(_ flags: UInt8, _ code: UInt8, questions: UInt8 = 0) -> [UInt8] {
        [0x12, 0x34, flags, code, 0, questions, 0, 0, 0, 0, 0, 0]
    }

    @Test(
        "Rubbish gets a FORMERR, what it does not do a NOTIMP, and what must not be answered nothing",
        arguments: rubbish)
    func refusal(rubbish: Case<[UInt8], [UInt8]?>) throws {
        let zone = ServedZone(apex: try DomainName("sandbox.test"), address: .loopback, negativeTTL: TTL(5))
        #expect(zone.reply(to: rubbish.input, overUDP: true) == rubbish.output)
    }

    @Test("A later version of EDNS is not pretended to")
    func badVersion() throws {
        let zone = ServedZone(apex: try DomainName("sandbox.test"), address: .loopback, negativeTTL: TTL(5))
        let question = try DomainName("sandbox.test").wire + [0, 6, 0, 1]
        let query = [0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1] + question + [0, 0, 41, 4, 208, 0, 1, 0, 0, 0, 0]
        let reply = try #require(zone.reply(to: query, overUDP: true))
        // BADVERS is 16: nothing in the header, and 1 in the OPT record's upper eight bits.
        #expect(reply[3] & 0x0F == 0)
        #expect(reply.suffix(11) == [0, 0, 41, 4, 208, 1, 0, 0, 0, 0, 0])
    }

    @Test("Several questions come over one connection, and idle ones hold nobody up")
    func connections() async throws {
        try await serving {
            var idle: [ConnectedSocket] = []
            for _ in 0..<20 { idle.append(try await connect()) }
            let socket = try await connect()
            for id in 1...3 as ClosedRange<UInt16> {
                let query = try PlainMessage.query("cat.sandbox.test", id: id)
                let deadline = ContinuousClock.now + .seconds(20)
                try await socket.send([0, UInt8(query.count)] + query, until: deadline)
                let length = try await socket.receive(exactly: 2, until: deadline)
                let reply = try await socket.receive(exactly: Int(length[1]), until: deadline)
                #expect(reply.id == id)
                #expect(reply[7] == 2)
            }
        }
    }

    private func connect() async throws -> ConnectedSocket {
        try await ConnectedSocket(
            tcpTo: Endpoint(.loopback, port: responder.endpoint.port, transport: .tcp),
            until: .now + .seconds(20))
    }

    @Test("A port that is taken is refused, and a port of one's choice is taken")
    func ports() throws {
        let zone = try DomainName("sandbox.test")
        #expect(throws: WireError.system("bind", errno: 98)) {
            try AuthoritativeResponder(zone: zone, address: .loopback, port: responder.endpoint.port)
        }
        let port = try LoopbackSocket.freePort()
        #expect(try AuthoritativeResponder(zone: zone, address: .loopback, port: port).endpoint.port == port)
    }

    @Test("dig understands it", .enabled(if: ChildProcess.path(of: "dig") != nil, "dig is not installed"))
    func dig() async throws {
        let arguments = ["dig", "@127.0.0.1", "-p", "\(responder.endpoint.port)", "+noall", "+answer", "+comments"]
        let found = try await serving {
            try await Command(arguments + ["www.sandbox.test", "A"], timeout: .seconds(30)).run().outputText
        }
        #expect(found.contains("status: NOERROR"))
        #expect(found.contains("flags: qr aa rd; QUERY: 1, ANSWER: 3, AUTHORITY: 0, ADDITIONAL: 1"))
        #expect(found.contains("192.0.2.2"))
        let large = try await serving {
            try await Command(arguments + ["large.sandbox.test", "TXT"], timeout: .seconds(30)).run().outputText
        }
        #expect(large.contains("ANSWER: 40"))
    }

    @Test("check --nameserver finds what is published")
    func check() async throws {
        let arguments = [
            "check", "cat.sandbox.test", "A", "--nameserver", "127.0.0.1:\(responder.endpoint.port)", "--no-resolvers",
            "--timeout", "20", "--deadline", "60", "--expect", "192.0.2.1", "--expect", "192.0.2.2",
        ]
        let run = try await serving { try await ProgramRun.program(arguments) }
        #expect(run.exitCode == 0, "\(run.output)\(run.error)")
        let other = try await serving {
            try await ProgramRun.program(arguments.dropLast(4) + ["--expect", "192.0.2.9"])
        }
        #expect(other.exitCode == 2, "\(other.output)\(other.error)")
    }
}
