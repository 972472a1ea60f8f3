import DNSModel
import TestSupport
import Testing
import Wire

@testable import Providers

@Suite("What every provider does", .enabled(if: !ContractSubject.possible.isEmpty, "no python3"))
struct ContractTests {
    private static let old = "192.0.2.1"
    private static let new = "192.0.2.2"
    private let network: Network

    init() throws { network = try .loopback() }

    @Test("Everything that is needed to try it is there", arguments: ContractSubject.all)
    func everythingIsThere(subject: ContractSubject) throws {
        if let obstacle = subject.obstacle { try Test.cancel("\(obstacle) is missing") }
    }

    @Test("A change is made once, said to be made, and can be read back", arguments: ContractSubject.possible)
    func sets(subject: ContractSubject) async throws {
        let service = try subject.start()
        let provider = try subject.provider(at: service.url)
        let change = try RRsetChange.of(from: [Self.old], to: [Self.new])
        let reply = try await provider.apply(change, over: network)
        #expect(reply.values == nil || reply.values == change.new)
        #expect(!reply.isUnchanged)
        #expect(try await service.values() == [Self.new])
        #expect(service.log.filter { $0["changed"]?.elements.isEmpty == false }.count == 1)
        let published = try await provider.current(change.name, .a, over: network)
        #expect((published != nil) == provider.traits.readsBack)
        if let published { #expect(published.values == change.new && !published.isHidden) }
    }

    @Test("Nothing is called for what changes nothing", arguments: ContractSubject.possible)
    func changesNothing(subject: ContractSubject) async throws {
        let service = try subject.start()
        let change = try RRsetChange.of(from: [Self.old], to: [Self.old])
        let reply = try await subject.provider(at: service.url).apply(change, over: network)
        #expect(reply.isUnchanged)
        #expect(service.requestCount == 0)
    }

    @Test("What the service has already is not sent again where it can be known", arguments: ContractSubject.possible)
    func isThereAlready(subject: ContractSubject) async throws {
        let service = try subject.start(records: [LoopbackRecord("cat.example.org", "A", [Self.new])])
        let reply = try await subject.provider(at: service.url)
            .apply(.of(from: [Self.old], to: [Self.new]), over: network)
        #expect(reply.isUnchanged)
        if subject.noticesForeign { #expect(service.writes(subject.writes).isEmpty) }
    }

    @Test("A value of somebody else's is told and left alone", arguments: ContractSubject.possible)
    func conflict(subject: ContractSubject) async throws {
        guard subject.noticesForeign else { return }
        let service = try subject.start(records: [LoopbackRecord("cat.example.org", "A", ["192.0.2.9"])])
        let change = try RRsetChange.of(from: [Self.old], to: [Self.new])
        let outcome = try await subject.provider(at: service.url).apply([change], over: network)[0]
        guard case .failure(.conflict(let message, let found, _)) = outcome else {
            Issue.record("no conflict: \(outcome)")
            return
        }
        #expect(message.contains("192.0.2.9"))
        #expect(try found == RRsetChange.of(from: nil, to: ["192.0.2.9"]).new)
        #expect(try await service.values() == ["192.0.2.9"])
    }

    @Test("Records come and go where the service makes and deletes them", arguments: ContractSubject.possible)
    func createsAndDeletes(subject: ContractSubject) async throws {
        let service = try subject.start()
        let provider = try subject.provider(at: service.url)
        let creation = try RRsetChange.of("new.example.org", from: [], to: ["192.0.2.5"], ttl: 300)
        let deletion = try RRsetChange.of(from: [Self.old], to: [])
        guard provider.traits.createsAndDeletes else {
            let outcome = await provider.apply([deletion], over: network)[0]
            guard case .failure(.permanent) = outcome else {
                Issue.record("not refused: \(outcome)")
                return
            }
            #expect(service.requestCount == 0)
            return
        }
        for outcome in await provider.apply([creation, deletion], over: network) { _ = try outcome.get() }
        #expect(try await service.values("new.example.org") == ["192.0.2.5"])
        #expect(try await service.values() == [])
    }

    @Test("Several values go under one name where the service takes them", arguments: ContractSubject.possible)
    func severalValues(subject: ContractSubject) async throws {
        let service = try subject.start()
        let provider = try subject.provider(at: service.url)
        let change = try RRsetChange.of(from: [Self.old], to: [Self.old, Self.new, "192.0.2.3"])
        let outcome = await provider.apply([change], over: network)[0]
        if provider.traits.takesSeveralValues {
            _ = try outcome.get()
            #expect(try await service.values() == [Self.old, Self.new, "192.0.2.3"])
            let back = try RRsetChange.of(from: [Self.old, Self.new, "192.0.2.3"], to: ["192.0.2.3"])
            _ = try await provider.apply(back, over: network)
            #expect(try await service.values() == ["192.0.2.3"])
        } else if case .success = outcome {
            Issue.record("the service cannot have taken that")
        }
    }

    @Test("Both families are changed", arguments: ContractSubject.possible)
    func families(subject: ContractSubject) async throws {
        let service = try subject.start(records: [
            LoopbackRecord("cat.example.org", "A", [Self.old]),
            LoopbackRecord("cat.example.org", "AAAA", ["2001:db8::1"]),
        ])
        let changes = [
            try RRsetChange.of(from: [Self.old], to: [Self.new]),
            try RRsetChange.of("cat.example.org", .aaaa, from: ["2001:db8::1"], to: ["2001:db8::2"]),
        ]
        for outcome in await (try subject.provider(at: service.url)).apply(changes, over: network) {
            _ = try outcome.get()
        }
        #expect(try await service.values() == [Self.new])
        #expect(try await service.values("cat.example.org", "AAAA") == ["2001:db8::2"])
    }

    struct Mishap: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: [(key: String, value: JSONText)]
        let isExpected: @Sendable (ProviderError, ContractSubject) -> Bool
        /// Only requests that change something go wrong.
        var isOfWrites = true
        var timeout = "5s"

        init(
            _ sentence: String, _ fault: [(key: String, value: JSONText)], isOfWrites: Bool = true,
            timeout: String = "5s",
            isExpected: @escaping @Sendable (ProviderError, ContractSubject) -> Bool
        ) {
            testDescription = sentence
            self.fault = fault
            self.isOfWrites = isOfWrites
            self.timeout = timeout
            self.isExpected = isExpected
        }

        static func answer(_ status: Int, _ body: String = "", _ headers: [(key: String, value: JSONText)] = [])
            -> [(key: String, value: JSONText)]
        {
            [("status", .number(status)), ("body", .string(body)), ("headers", .object(headers))]
        }
    }

    static let mishaps = [
        Mishap("HTTP 401 is for a person", Mishap.answer(401, "Unauthorized")) { error, _ in error.isPermanent },
        Mishap("HTTP 403 is for a person", Mishap.answer(403, "Forbidden")) { error, _ in error.isPermanent },
        Mishap("HTTP 404 is for a person", Mishap.answer(404, "Not Found")) { error, _ in error.isPermanent },
        Mishap("HTTP 302 is for a person", Mishap.answer(302, "", [("Location", .string("http://127.0.0.1:1/"))])) {
            error, _ in error.isPermanent
        },
        Mishap("HTTP 429 is waited out", Mishap.answer(429, "slowly", [("Retry-After", .string("17"))])) { error, _ in
            error.retryAfter == .seconds(17)
        },
        Mishap("HTTP 500 passes", Mishap.answer(500, "oops")) { error, _ in error.isTemporary },
        Mishap("HTTP 503 passes", Mishap.answer(503, "oops", [("Retry-After", .string("3"))])) { error, _ in
            error.retryAfter == .seconds(3)
        },
        Mishap("A gateway's 504 leaves it open", Mishap.answer(504, "gateway")) { error, _ in error.isUncertain },
        Mishap("Any page with a success proves nothing", Mishap.answer(200, "<html><body>good OK true</body></html>")) {
            error, _ in error.isUncertain
        },
        Mishap("Silence leaves it open", [("kind", .string("hang"))], timeout: "300ms") { error, _ in error.isUncertain
        },
        Mishap("An end without a reply leaves it open", [("kind", .string("drop"))]) { error, _ in error.isUncertain },
        Mishap("Half a reply leaves it open", [("kind", .string("half")), ("acts", .bool(true))]) { error, _ in
            error.isUncertain
        },
        Mishap("A refused look passes", Mishap.answer(503), isOfWrites: false) { error, _ in error.isTemporary },
        Mishap("A silent look passes", [("kind", .string("hang"))], isOfWrites: false, timeout: "300ms") {
            error, subject in
            subject.noticesForeign ? error.isTemporary : error.isUncertain
        },
        Mishap("A look at any page passes", Mishap.answer(200, "<html>hello</html>"), isOfWrites: false) {
            error, subject in
            subject.noticesForeign ? error.isTemporary : error.isUncertain
        },
    ]

    @Test("What goes wrong is told apart", arguments: ContractSubject.possible)
    func mishaps(subject: ContractSubject) async throws {
        let service = try subject.start()
        for mishap in Self.mishaps {
            try await service.put(LoopbackRecord("cat.example.org", "A", [Self.old]))
            let methods: [(key: String, value: JSONText)] =
                mishap.isOfWrites ? [("methods", .list(subject.writes.sorted().map { .string($0) }))] : []
            try await service.fail(mishap.fault + methods)
            // A provider of its own each time: some remember that they were told to rest.
            let provider = try subject.provider(at: service.url, timeout: mishap.timeout)
            let outcome = try await provider.apply([.of(from: [Self.old], to: [Self.new])], over: network)[0]
            try await service.heal()
            guard case .failure(let error) = outcome else {
                Issue.record("\(subject.name), \(mishap.testDescription): \(outcome)")
                continue
            }
            #expect(mishap.isExpected(error, subject), "\(subject.name), \(mishap.testDescription): \(error)")
        }
    }

    @Test("A closed port passes", arguments: ContractSubject.possible)
    func connectionRefused(subject: ContractSubject) async throws {
        let port = try LoopbackSocket.freePort()
        let provider = try subject.provider(at: "http://127.0.0.1:\(port)")
        let outcome = try await provider.apply([.of(from: [Self.old], to: [Self.new])], over: network)[0]
        guard case .failure(let error) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.isTemporary, "\(error)")
    }

    @Test("A wrong credential is for a person, and nothing has happened", arguments: ContractSubject.possible)
    func wrongCredential(subject: ContractSubject) async throws {
        let service = try subject.start()
        let provider = try subject.provider(at: service.url, secret: "something-else")
        let outcome = try await provider.apply([.of(from: [Self.old], to: [Self.new])], over: network)[0]
        guard case .failure(let error) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.isPermanent, "\(error)")
        #expect(try await service.values() == [Self.old])
    }

    @Test(
        "No message, description or mirror has the secret, though the service repeats it",
        arguments: ContractSubject.possible)
    func secrets(subject: ContractSubject) async throws {
        let service = try subject.start()
        let secret = #"s3cr3t/+& "\key""#
        let provider = try subject.provider(at: service.url, secret: secret)
        var printed = "\(provider)" + String(reflecting: provider)
        dump(provider, to: &printed)
        let echoed = "no \(secret) \(secret.urlEscaped) \(secret.jsonEscaped)"
        for status in [200, 400, 403, 500, 502] {
            try await service.fail(Mishap.answer(status, echoed))
            printed += "\(try await provider.apply([.of(from: [Self.old], to: [Self.new])], over: network))"
        }
        for part in ["s3cr3t", secret.urlEscaped, secret.jsonEscaped] {
            #expect(!printed.contains(part), "\(subject.name) prints it: \(printed)")
        }
    }
}

extension ProviderError {
    var isPermanent: Bool { if case .permanent = self { true } else { false } }
    var isTemporary: Bool { if case .temporary = self { true } else { false } }
    var isUncertain: Bool { if case .uncertain = self { true } else { false } }
    var retryAfter: Duration? { if case .temporary(_, _, let wait) = self { wait } else { nil } }
}
