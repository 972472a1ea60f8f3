import DNSModel
import Synchronization
import TestSupport
import Testing
import Wire

@testable import Failover

/// A check that ends when a test says so.
struct SaidCheck: HealthCheck {
    static let kind = "said"
    var gate: Gate?

    init(_ gate: Gate? = nil) {
        self.gate = gate
    }

    init?(reading settings: inout SettingReader, in context: CheckContext) { nil }

    func run(against server: CheckSubjectServer, over network: Network) async -> CheckResult {
        await gate?.pass()
        return CheckResult(.ok, server.id.name.text)
    }

    /// Lets nobody through until it is opened, and counts who stands before it.
    actor Gate {
        private var isOpen = false
        private var waiting: [CheckedContinuation<Void, Never>] = []
        private var watchers: [(Int, CheckedContinuation<Void, Never>)] = []
        private(set) var entered = 0

        func pass() async {
            entered += 1
            for (count, watcher) in watchers where count <= entered { watcher.resume() }
            watchers.removeAll { $0.0 <= entered }
            guard !isOpen else { return }
            await withCheckedContinuation { waiting.append($0) }
        }

        func open() {
            isOpen = true
            for one in waiting { one.resume() }
            waiting = []
        }

        func entered(_ count: Int) async {
            guard entered < count else { return }
            await withCheckedContinuation { watchers.append((count, $0)) }
        }
    }
}

@Suite("The scheduler of checks")
struct CheckSchedulerTests {
    private struct Bench {
        let clock = ManualClock()
        let results = AsyncStream.makeStream(of: CheckID.self)
        let scheduler: CheckScheduler<ManualClock>

        init(width: Int = 512) throws {
            let continuation = results.continuation
            scheduler = CheckScheduler(network: try Checks.network(), clock: clock, width: width) { id, _ in
                continuation.yield(id)
            }
        }

        /// The names of the next results, in alphabetical order.
        func next(_ count: Int) async -> [String] {
            var names: [String] = []
            for await id in results.stream.prefix(count) { names.append(id.name.text) }
            return names.sorted()
        }
    }

    @Test("makes every check once in an interval, for as long as it runs")
    func rounds() async throws {
        let bench = try Bench()
        await bench.scheduler.replace(with: ["a", "b", "c"].map { Self.check($0) })
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bench.scheduler.run() }
            for _ in 0..<3 {
                await bench.clock.sleeping(count: 1)
                bench.clock.advance(by: .seconds(10))
                #expect(await bench.next(3) == ["a", "b", "c"])
            }
            group.cancelAll()
        }
        #expect(await bench.scheduler.lateness.count == 9)
    }

    @Test("a slow check holds up no other, and is not begun twice")
    func slow() async throws {
        let bench = try Bench()
        let gate = SaidCheck.Gate()
        await bench.scheduler.replace(with: [Self.check("slow", gate), Self.check("quick")])
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bench.scheduler.run() }
            for _ in 0..<3 {
                await bench.clock.sleeping(count: 1)
                bench.clock.advance(by: .seconds(10))
                #expect(await bench.next(1) == ["quick"])
            }
            await gate.entered(1)
            #expect(await gate.entered == 1)
            await gate.open()
            #expect(await bench.next(1) == ["slow"])
            group.cancelAll()
        }
    }

    @Test("no more are made at once than there is room for, and the others follow")
    func width() async throws {
        let bench = try Bench(width: 2)
        let gate = SaidCheck.Gate()
        await bench.scheduler.replace(with: ["a", "b", "c", "d"].map { Self.check($0, gate) })
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bench.scheduler.run() }
            await bench.clock.sleeping(count: 1)
            bench.clock.advance(by: .seconds(10))
            await gate.entered(2)
            #expect(await bench.scheduler.counts == (all: 4, running: 2))
            #expect(await gate.entered == 2)
            await gate.open()
            #expect(await bench.next(4) == ["a", "b", "c", "d"])
            group.cancelAll()
        }
    }

    @Test("a kick makes a check at once, before anything is due")
    func kick() async throws {
        let bench = try Bench()
        let one = Self.check("one")
        await bench.scheduler.replace(with: [one, Self.check("two")])
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bench.scheduler.run() }
            await bench.clock.sleeping(count: 1)
            #expect(await bench.scheduler.kick(one.id))
            #expect(await bench.next(1) == ["one"])
            #expect(await !bench.scheduler.kick(Self.check("three").id))
            group.cancelAll()
        }
    }

    @Test("a check that is no longer wanted says nothing when it ends")
    func dropped() async throws {
        let bench = try Bench()
        let gate = SaidCheck.Gate()
        await bench.scheduler.replace(with: [Self.check("old", gate)])
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bench.scheduler.run() }
            await bench.clock.sleeping(count: 1)
            bench.clock.advance(by: .seconds(10))
            await gate.entered(1)
            await bench.scheduler.replace(with: [Self.check("new")])
            await gate.open()
            await bench.clock.sleeping(count: 1)
            bench.clock.advance(by: .seconds(10))
            #expect(await bench.next(1) == ["new"])
            group.cancelAll()
        }
    }

    private static func check(_ name: String, _ gate: SaidCheck.Gate? = nil) -> ScheduledCheck {
        let server = CheckSubjectServer(scheme: SchemeName("cat"), name: ServerName(name), addresses: [])
        return ScheduledCheck(SaidCheck(gate), of: server, interval: .seconds(10), timeout: .seconds(5))
    }
}
