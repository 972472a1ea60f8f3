import DNSModel
import FoundationEssentials
import Testing

@testable import Wire

@Suite("A survey of resolvers")
struct ResolverSurveyTests {
    @Test("asks a SERVFAIL again without checking, and with it once more before it takes the name for bogus")
    func bogus() throws {
        var survey = try Self.survey()
        let first = try #require(survey.start(samples: 1).first)
        let unchecked = try #require(survey.handle(first, Self.reply(.servFail)).first)
        #expect(unchecked.query.options.checkingDisabled)
        let recheck = try #require(survey.handle(unchecked, Self.reply(.noError)).first)
        #expect(!recheck.query.options.checkingDisabled)
        #expect(survey.handle(recheck, Self.reply(.servFail)).isEmpty)
        #expect(survey.rows[0].samples.map(\.response?.rcode) == [.servFail])
        #expect(survey.rows[0].checkingDisabled != nil)
    }

    @Test("takes the later answer of a cache that was only slow to find it")
    func slow() throws {
        var survey = try Self.survey()
        let first = try #require(survey.start(samples: 1).first)
        let unchecked = try #require(survey.handle(first, Self.reply(.servFail)).first)
        let recheck = try #require(survey.handle(unchecked, Self.reply(.noError)).first)
        _ = survey.handle(recheck, Self.reply(.noError))
        #expect(survey.rows[0].samples.map(\.response?.rcode) == [.noError])
        #expect(survey.rows[0].checkingDisabled == nil)
    }

    @Test("does not ask again where checking makes no difference")
    func broken() throws {
        var survey = try Self.survey()
        let first = try #require(survey.start(samples: 1).first)
        let unchecked = try #require(survey.handle(first, Self.reply(.servFail)).first)
        #expect(survey.handle(unchecked, Self.reply(.servFail)).isEmpty)
    }

    @Test("puts to the unfiltered twin only what nobody knows", arguments: [("192.0.2.1", 0), ("192.0.2.99", 1)])
    func twin(answer: String, errands: Int) throws {
        var survey = try Self.survey(twin: "192.0.2.53")
        let first = try #require(survey.start(samples: 1).first)
        let next = survey.handle(first, Self.reply(.noError, [answer]))
        #expect(next.count == errands)
        #expect(next.allSatisfy { $0.query.endpoint.description == "192.0.2.53" })
    }

    private static func survey(twin: String? = nil) throws -> ResolverSurvey {
        let server = ObservedServer(
            side: .resolver, id: "quad9", label: "Quad9", endpoint: Endpoint(try #require(IPAddress("9.9.9.9"))))
        let target = ResolverSurvey.Target(server, twin: try twin.map { Endpoint(try #require(IPAddress($0))) })
        let expected = Expectation(source: .flag, values: [.address(try #require(IPAddress("192.0.2.1")))])
        let evidence = GatheredEvidence(
            question: question, expectation: expected, startedAt: .distantPast, now: .distantPast)
        return ResolverSurvey(question, targets: [target], side: AuthoritativeSide(evidence))
    }

    private static let question = Question(DomainName(validatedWire: [3, 0x63, 0x61, 0x74, 0]), .a)

    private static func reply(_ rcode: ResponseCode, _ addresses: [String] = []) -> Reply {
        let answer = addresses.compactMap { IPAddress($0) }.map {
            Record(owner: question.name, ttl: TTL(60), data: RecordData($0))
        }
        let response = Response(rcode: rcode, question: question, answer: answer)
        return Reply(index: 0, result: .success(response), receivedAt: .distantPast, rtt: .zero, transport: .udp)
    }
}
