import DNSModel
import FoundationEssentials
import TestSupport
import Testing

/// What holds for every history of health, every policy and every service: see `Sampling` for how many are tried.
@Suite("Whatever happens to its servers, a failover controller")
struct FailoverPropertyTests {
    static let groups = Array(0..<UInt64(Sampling.count(4, soak: 1000)))
    static let groupSize: UInt64 = 20

    static func cases(_ group: UInt64) -> [RandomCase] {
        (0..<groupSize).map { RandomCase(seed: Sampling.seed << 32 + group * groupSize + $0) }
    }

    @Test("keeps its limits, and ends with the right record", arguments: groups)
    func invariants(group: UInt64) {
        for random in Self.cases(group) {
            let world = random.outcome()
            let judge = FailoverJudge(random: random, world: world)
            #expect(judge.faults == [], "seed \(random.seed)")
        }
    }

    @Test("does so although the program ends at any moment", arguments: groups)
    func crashes(group: UInt64) {
        for random in Self.cases(group + 1_000_000).prefix(10) {
            let world = random.outcome(crashChance: 0.02)
            let judge = FailoverJudge(random: random, world: world)
            #expect(judge.faults == [], "seed \(random.seed)")
        }
    }

    @Test("decides the same when its journal is read and replayed", arguments: groups.prefix(10))
    func replay(group: UInt64) throws {
        for random in Self.cases(group).prefix(3) {
            let world = random.outcome()
            var again = FailoverController(
                scheme: random.scheme, traits: random.traits, timing: world.settings.timing)
            for (occurrence, actions) in zip(world.journal, world.actions) {
                let text = try FailoverJSON.text(of: occurrence)
                let read = try FailoverJSON.value(FailoverOccurrence.self, from: text)
                try #require(again.handle(read.event, at: read.at, number: read.number) == actions, "\(text)")
            }
            #expect(again == world.controller, "seed \(random.seed)")
        }
    }

    @Test("comes to rest while all is stable", arguments: groups.prefix(20))
    func stability(group: UInt64) {
        for random in Self.cases(group).prefix(5) {
            // Every server has its verdict before the start is over.
            var world = random.world(interval: 15)
            world.repairTheService()
            world.settings.health = { name, _ in
                name == random.scheme.servers.first?.name
                    ? CheckResult(.fail, "HTTP 503") : CheckResult(.ok, "HTTP 200")
            }
            world.run(for: 600)
            // A second change may complete the first one: families apart become known one after the other, and a server
            // may be left before the best one is known.
            if random.scheme.policy.mode == .failover { #expect(world.service.log.count <= 2, "seed \(random.seed)") }
            let log = world.service.log.count
            world.settings.checkInterval = 300
            world.run(for: 8000)
            // What the hour's limit has put off may follow, and nothing after that.
            #expect(world.service.log.count <= log + 1, "seed \(random.seed)")
        }
    }

    @Test("does not care for the order in the file where priorities differ", arguments: groups.prefix(20))
    func order(group: UInt64) {
        for random in Self.cases(group).prefix(5)
        where Set(random.scheme.servers.map(\.priority)).count == random.scheme.servers.count {
            let world = random.outcome()
            var other = FailoverController(
                scheme: random.scheme.reversed, traits: random.traits, timing: world.settings.timing)
            for (occurrence, actions) in zip(world.journal, world.actions) {
                let plans = other.handle(occurrence.event, at: occurrence.at, number: occurrence.number).compactMap(
                    \.plan)
                let expected = actions.compactMap(\.plan)
                guard plans.map(\.changes) == expected.map(\.changes) else {
                    Issue.record("seed \(random.seed): \(plans) instead of \(expected)")
                    return
                }
            }
        }
    }
}

extension Scheme {
    /// The same with its servers in another order.
    fileprivate var reversed: Scheme {
        var scheme = self
        scheme.servers.reverse()
        return scheme
    }
}
