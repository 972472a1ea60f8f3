import DNSModel
import Synchronization
import TestSupport
import Testing

@testable import Failover

@Suite("Several checks together")
struct CombinationTests {
    private struct Votes: Sendable {
        let results: [Health?]
        let need: Int

        init(_ results: [Health?], need: Int) {
            (self.results, self.need) = (results, need)
        }
    }

    @Test(
        "are well when enough of them are, and unknown when nobody can say",
        arguments: [
            Case("all of two", Votes([.ok, .ok], need: 2), .ok),
            Case("one of two fails where all are needed", Votes([.ok, .fail], need: 2), .fail),
            Case("one of two fails where one is needed", Votes([.ok, .fail], need: 1), .ok),
            Case("two of three", Votes([.ok, .fail, .ok], need: 2), .ok),
            Case("one of three where two are needed", Votes([.ok, .fail, .fail], need: 2), .fail),
            Case("one that is unknown decides nothing", Votes([.ok, .unknown, .ok], need: 2), .ok),
            Case("one that is unknown could have decided", Votes([.ok, .unknown, .fail], need: 2), .unknown),
            Case("one that was never heard is no vote", Votes([.ok, nil], need: 2), .unknown),
            Case("all unknown", Votes([.unknown, .unknown], need: 1), .unknown),
            Case("unknown ones cannot save what has failed", Votes([.fail, .fail, .unknown], need: 2), .fail),
            Case("a warning counts as well, and is told", Votes([.ok, .warn], need: 2), .warn),
            Case("enough without the warning", Votes([.ok, .ok, .warn], need: 2), .ok),
            Case("any, all failed", Votes([.fail, .fail], need: 1), .fail),
        ] as [Case<Votes, Health>])
    private func votes(_ row: Case<Votes, Health>) {
        let results = row.input.results.map { health in health.map { CheckResult($0, "said so") } }
        let kinds = results.map { _ in "tcp" }
        #expect(CheckVotes(results, need: row.input.need).verdict(kinds: kinds).health == row.output)
    }

    @Test("the order of the checks does not matter")
    func order() {
        let all: [Health?] = [.ok, .warn, .fail, .unknown, nil]
        for a in all {
            for b in all {
                for need in 1...2 {
                    let verdicts = [[a, b], [b, a]].map { pair in
                        CheckVotes(pair.map { $0.map { CheckResult($0, "") } }, need: need).verdict(kinds: ["a", "b"])
                            .health
                    }
                    #expect(verdicts[0] == verdicts[1])
                }
            }
        }
    }

    @Test("each is made at its own pace, and what was said too long ago is no vote")
    func paces() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/often", .response(200))
        server.on("GET", "/seldom", .response(200))
        let members = [
            Combination.Member(check: try Checks.read("{http: \"\(server.url)/often\"}"), maxAge: .seconds(30)),
            Combination.Member(
                check: try Checks.read("{http: \"\(server.url)/seldom\", interval: 1h}"), maxAge: .seconds(60)),
        ]
        let time = Mutex(ContinuousClock.now)
        let combination = Combination(of: members, need: 2) { time.withLock(\.self) }
        let network = try Checks.network()
        #expect(await combination.run(over: network).health == .ok)
        time.withLock { $0 += .seconds(10) }
        #expect(await combination.run(over: network).health == .ok)
        #expect(server.requests.count { $0.target == "/often" } == 2)
        #expect(server.requests.count { $0.target == "/seldom" } == 1)
        time.withLock { $0 += .seconds(60) }
        #expect(await combination.run(over: network).health == .unknown)
    }

    @Test("are read from a configuration, one within another too")
    func reading() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(200))
        let http = "{http: \"\(server.url)/\"}"
        #expect(try await Checks.run("{all: [\(http), none]}").health == .ok)
        #expect(try await Checks.run("{any: [{exec: /bin/false}, \(http)]}").health == .ok)
        let two = try await Checks.run("{n_of: {need: 2, of: [{exec: /bin/false}, {all: [\(http), none]}, none]}}")
        #expect(two.health == .ok)
    }
}
