import DNSModel
import TestSupport
import Testing

@testable import Wire

/// One update after the other, each with what it must lead to.
struct UpdateCase: Sendable {
    let sentence: String
    let prerequisites: [DynamicUpdate.Prerequisite]
    let changes: [DynamicUpdate.Change]
    /// Nil: it is done.
    let refusal: UpdateFailure.Refusal?
    /// What `www` must have afterwards.
    let published: [String]

    init(
        _ sentence: String, if prerequisites: [DynamicUpdate.Prerequisite], then changes: [DynamicUpdate.Change],
        _ refusal: UpdateFailure.Refusal? = nil, published: [String]
    ) {
        self.sentence = sentence
        self.prerequisites = prerequisites
        self.changes = changes
        self.refusal = refusal
        self.published = published
    }
}

@Suite("A primary server changes its zone when it is asked to, wholly or not at all")
struct PrimaryServerTests {
    private static let www = name("www.failover.test")
    private static let lock = name("lock.failover.test")
    private static let makes = LocalPrimary.Make.allCases.filter(\.isInstalled)

    private static func name(_ text: String) -> DomainName {
        (try? DomainName(text)) ?? .root
    }

    private static func a(_ values: String...) -> Set<RecordData> {
        Set(values.compactMap { IPAddress($0) }.map { RecordData($0) })
    }

    private static func text(_ value: String) throws -> RecordData { try RecordData(parsing: value, type: .txt) }

    private static func key(_ index: Int) throws -> TSIGKey { try TSIGKey(parsing: LocalPrimary.keys[index]) }

    private static func move(to address: String) -> [DynamicUpdate.Change] {
        [.deleteRRset(www, .a)] + a(address).map { .add(www, TTL(60), $0) }
    }

    private static func cases() throws -> [UpdateCase] {
        let (first, second) = (try text("epoch=1 owner=a"), try text("epoch=2 owner=b"))
        let stepped: [DynamicUpdate.Change] = [.deleteRRset(lock, .txt), .add(lock, TTL(60), second)]
        return [
            UpdateCase(
                "another value than expected", if: [.rrset(www, .a, a("192.0.2.9"))], then: move(to: "192.0.2.2"),
                .prerequisite(.nxRRset), published: ["192.0.2.1"]),
            UpdateCase(
                "the expected value", if: [.rrset(www, .a, a("192.0.2.1"))], then: move(to: "192.0.2.2"),
                published: ["192.0.2.2"]),
            UpdateCase(
                "one value expected of two", if: [.rrset(name("two.failover.test"), .a, a("192.0.2.1"))],
                then: move(to: "192.0.2.3"), .prerequisite(.nxRRset), published: ["192.0.2.2"]),
            UpdateCase(
                "both values expected", if: [.rrset(name("two.failover.test"), .a, a("192.0.2.2", "192.0.2.1"))],
                then: move(to: "192.0.2.3"), published: ["192.0.2.3"]),
            UpdateCase(
                "a lock that must be absent is there", if: [.rrsetAbsent(lock, .txt)], then: move(to: "192.0.2.4"),
                .prerequisite(.yxRRset), published: ["192.0.2.3"]),
            UpdateCase(
                "a lock passes to another owner, together with a change", if: [.rrset(lock, .txt, [first])],
                then: stepped + move(to: "192.0.2.5"), published: ["192.0.2.5"]),
            UpdateCase(
                "the owner of before no longer changes anything", if: [.rrset(lock, .txt, [first])],
                then: move(to: "192.0.2.6"), .prerequisite(.nxRRset), published: ["192.0.2.5"]),
            UpdateCase(
                "one of two prerequisites fails", if: [.rrset(lock, .txt, [second]), .rrsetExists(www, .aaaa)],
                then: move(to: "192.0.2.6"), .prerequisite(.nxRRset), published: ["192.0.2.5"]),
            UpdateCase(
                "a name in use that must not be", if: [.nameNotInUse(www)], then: move(to: "192.0.2.6"),
                .prerequisite(.yxDomain), published: ["192.0.2.5"]),
            UpdateCase(
                "a name that must be in use and is not", if: [.nameInUse(name("new.failover.test"))],
                then: move(to: "192.0.2.6"), .prerequisite(.nxDomain), published: ["192.0.2.5"]),
            UpdateCase(
                "a value is added", if: [.rrsetExists(www, .a)],
                then: a("192.0.2.7").map { .add(www, TTL(60), $0) }, published: ["192.0.2.5", "192.0.2.7"]),
            UpdateCase(
                "a value is taken away", if: [], then: a("192.0.2.5").map { .delete(www, $0) },
                published: ["192.0.2.7"]),
            UpdateCase(
                "all values are taken away", if: [.rrset(www, .a, a("192.0.2.7"))], then: [.deleteRRset(www, .a)],
                published: []),
            UpdateCase(
                "a record appears where none was", if: [.rrsetAbsent(www, .a)], then: move(to: "192.0.2.1"),
                published: ["192.0.2.1"]),
        ]
    }

    @Test("Prerequisites are compared and changes made as RFC 2136 says", arguments: makes, [0, 1])
    func updates(make: LocalPrimary.Make, transport: Int) async throws {
        let server = try await LocalPrimary.start(make)
        let primary = PrimaryServer(
            server.endpoint([.udp, .tcp][transport]), key: try Self.key(2), retry: .patient)
        for update in try Self.cases() {
            let result = await Self.result {
                try await primary.send(
                    DynamicUpdate(
                        zone: Self.name(LocalPrimary.zone), prerequisites: update.prerequisites,
                        changes: update.changes))
            }
            #expect(result == update.refusal.map { .refused($0) }, "\(update.sentence)")
            let published = try await primary.ask(Question(Self.www, .a)).answer.map(\.data.text).sorted()
            #expect(published == update.published, "\(update.sentence)")
        }
    }

    @Test("A key of every algorithm that ldns knows is accepted, for updates and for questions", arguments: makes)
    func algorithms(make: LocalPrimary.Make) async throws {
        let server = try await LocalPrimary.start(make)
        for (index, transport) in [Endpoint.Transport.udp, .tcp, .udp, .tcp].enumerated() {
            let primary = PrimaryServer(server.endpoint(transport), key: try Self.key(index), retry: .patient)
            let value = try Self.text("key \(index)")
            var update = DynamicUpdate(zone: Self.name(LocalPrimary.zone), changes: [])
            update.replace(Self.lock, .txt, old: nil, new: [value], ttl: TTL(60))
            try await primary.send(update)
            #expect(try await primary.ask(Question(Self.lock, .txt)).answer.map(\.data) == [value])
        }
    }

    @Test("What is too long for a datagram goes over TCP, either way", arguments: makes)
    func large(make: LocalPrimary.Make) async throws {
        let server = try await LocalPrimary.start(make)
        let primary = PrimaryServer(server.endpoint(), key: try Self.key(2), retry: .patient)
        let texts = try await primary.ask(Question(Self.name("large.failover.test"), .txt))
        #expect(texts.answer.count == 12)
        let many = Set((1...40).compactMap { IPAddress("192.0.2.\($0)") }.map { RecordData($0) })
        var update = DynamicUpdate(zone: Self.name(LocalPrimary.zone), changes: [])
        update.replace(Self.www, .a, old: Self.a("192.0.2.1"), new: many, ttl: TTL(60))
        try await primary.send(update)
        #expect(Set(try await primary.ask(Question(Self.www, .a)).answer.map(\.data)) == many)
    }

    /// How each make words a refusal; nil where it knows none of that kind.
    struct Refusing: Sendable {
        let sentence: String
        let key: String?
        var zone = LocalPrimary.zone
        let expected: [LocalPrimary.Make: UpdateFailure.Refusal]
    }

    private static let refusals = [
        Refusing(
            sentence: "a wrong secret", key: "hmac-sha256:k-sha256:d3Jvbmcgc2VjcmV0",
            expected: [.bind: .signature(.badSig), .knot: .signature(.badSig), .powerdns: .other(.refused)]),
        Refusing(
            sentence: "a key that the server does not have", key: "hmac-sha256:nobody:d3Jvbmcgc2VjcmV0",
            expected: [.bind: .signature(.badKey), .knot: .signature(.badKey), .powerdns: .other(.refused)]),
        Refusing(
            sentence: "no key", key: nil,
            expected: [.bind: .other(.refused), .knot: .other(.notAuth), .powerdns: .other(.refused)]),
        Refusing(
            sentence: "a key that may not change this record", key: LocalPrimary.limitedKey,
            expected: [.bind: .other(.refused), .knot: .signature(.badKey)]),
        Refusing(
            sentence: "a zone of others", key: LocalPrimary.keys[2], zone: "elsewhere.test",
            expected: [.bind: .other(.notAuth), .knot: .other(.notAuth), .powerdns: .other(.notAuth)]),
    ]

    @Test("Whoever may not change a record hears why, and changes nothing", arguments: makes)
    func refused(make: LocalPrimary.Make) async throws {
        let server = try await LocalPrimary.start(make)
        let trusted = PrimaryServer(server.endpoint(), key: try Self.key(2), retry: .patient)
        for refusing in Self.refusals {
            guard let expected = refusing.expected[make] else { continue }
            let primary = PrimaryServer(
                server.endpoint(), key: try refusing.key.map { try TSIGKey(parsing: $0) }, retry: .patient)
            var update = DynamicUpdate(zone: Self.name(refusing.zone), changes: [])
            update.replace(
                Self.name("www." + refusing.zone), .a, old: nil, new: Self.a("192.0.2.66"), ttl: TTL(60))
            let result = await Self.result { [update] in try await primary.send(update) }
            #expect(result == .refused(expected), "\(refusing.sentence)")
            #expect(try await trusted.ask(Question(Self.www, .a)).answer.map(\.data.text) == ["192.0.2.1"])
        }
    }

    private static func result(
        _ body: @Sendable () async throws -> Void
    ) async -> UpdateFailure? {
        do {
            try await body()
            return nil
        } catch {
            return error as? UpdateFailure
        }
    }
}
