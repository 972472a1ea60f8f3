import DNSModel
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import Wire

@Suite("A budget of questions", .timeLimit(.minutes(2)))
struct QueryBudgetTests {
    private static let patrol = QueryAsker("cat", .patrol)

    @Test("lets who waits go on when the second is over, and not before")
    func waits() async {
        let clock = ManualClock()
        let budget = QueryBudget(rate: 2, clock: clock)
        #expect(await budget.take(upTo: 5, of: "quad9", for: Self.patrol) == 2)
        async let later = budget.take(upTo: 5, of: "quad9", for: Self.patrol)
        await clock.sleeping(until: .seconds(1))
        #expect(await budget.queueLength == 1)
        clock.advance(by: .seconds(1))
        #expect(await later == 2)
        #expect(await budget.queueLength == 0)
    }

    @Test("a change overtakes a patrol that has waited longer")
    func precedence() async {
        let clock = ManualClock()
        let budget = QueryBudget(rate: 1, clock: clock)
        _ = await budget.take(upTo: 1, of: "quad9", for: Self.patrol)
        let order = Log<String>()
        await withDiscardingTaskGroup { group in
            for (count, asker) in [Self.patrol, QueryAsker("dog", .change)].enumerated() {
                group.addTask {
                    _ = await budget.take(upTo: 1, of: "quad9", for: asker)
                    order.add(asker.name)
                }
                while await budget.queueLength <= count { await Task.yield() }
            }
            for second in 1...2 {
                await clock.sleeping(until: .seconds(second))
                clock.advance(by: .seconds(1))
                while order.all.count < second { await Task.yield() }
            }
        }
        #expect(order.all == ["dog", "cat"])
    }

    @Test("who is cancelled goes at once, without a question")
    func cancelled() async {
        let clock = ManualClock()
        let budget = QueryBudget(rate: 1, clock: clock)
        _ = await budget.take(upTo: 1, of: "quad9", for: Self.patrol)
        let waiting = Task { await budget.take(upTo: 1, of: "quad9", for: Self.patrol) }
        await clock.sleeping(until: .seconds(1))
        waiting.cancel()
        #expect(await waiting.value == 0)
        #expect(await budget.queueLength == 0)
        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await budget.take(upTo: 1, of: "quad9", for: Self.patrol)
        }
        #expect(await late.value == 0)
    }

    @Test("a resolver operator is asked no more than that by all schemes together, and all get their answers")
    func counted() async throws {
        let rate = 20
        let times = Log<ContinuousClock.Instant>()
        let server = try FakeNameServer { query in
            times.add(.now)
            return [.reply(query.answer())]
        }
        let budget = QueryBudget(rate: rate)
        let engine = try QueryEngine()
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<10 {
                let scheme = QueryAsker("scheme\(number)", number == 0 ? .change : .patrol)
                let survey = try Self.survey("s\(number).example", at: server, operators: ["quad9", "quad9", "google"])
                let walk = DelegationWalk(
                    engine: engine, root: RootHints.builtIn.delegation, families: [.ipv4], retry: .patient)
                let gathering = ResolverGathering(
                    walk: walk, retry: .patient, list: ResolverList(resolvers: []),
                    share: BudgetShare(budget, for: scheme))
                group.addTask { await gathering.ask(survey, samples: 2).rows.reduce(0) { $0 + $1.samples.count } }
            }
            return try await group.reduce(0, +)
        }
        // 40 questions to Quad9 and 20 to Google, at one server: at most both their budgets in a second.
        #expect(answers == 60)
        let seen = times.all.sorted()
        #expect(seen.count == 60)
        // What left within one second may arrive closer together on a busy machine.
        for first in seen.indices {
            let within = seen[first...].prefix { $0 < seen[first] + .milliseconds(700) }
            #expect(within.count <= 2 * rate)
        }
        #expect(seen[seen.count - 1] - seen[0] > .milliseconds(900))
    }

    /// What several threads have seen, in its order.
    private final class Log<Element: Sendable>: Sendable {
        private let elements = Mutex<[Element]>([])

        var all: [Element] { elements.withLock(\.self) }
        func add(_ element: Element) { elements.withLock { $0.append(element) } }
    }

    private static func survey(
        _ name: String, at server: FakeNameServer, operators: [String]
    ) throws -> ResolverSurvey {
        let targets = operators.enumerated().map { index, operatorID in
            ResolverSurvey.Target(
                ObservedServer(
                    side: .resolver, id: "\(operatorID)\(index)", label: operatorID, operatorID: operatorID,
                    endpoint: Endpoint(server.address, port: server.port)))
        }
        let question = try Question.a(name)
        let evidence = GatheredEvidence(question: question, startedAt: .distantPast, now: .distantPast)
        return ResolverSurvey(question, targets: targets, side: AuthoritativeSide(evidence))
    }
}
