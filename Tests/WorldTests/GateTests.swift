import DNSModel
import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension InTheWorld {
    /// The order of packets is the proof, as the WAN recorded it.
    @Suite("No resolver is asked before every answering authoritative address has the new RRset")
    struct GateTests {
        /// A change of one zone's record that one secondary misses at first.
        struct Change: Sendable {
            let zone: String
            let laggard: String
            /// The laggard catches up when the watch has looked at it so often.
            let looks: Int
            let value: String

            var name: String { "www.\(zone).net" }
        }

        /// One change of each of twenty zones; `value` is one that no earlier run has left behind.
        private func changes(round: UInt64, value: String) -> [Change] {
            var random = SplitMix(seed: Sampling.seed &+ round)
            return (11...30).map { number in
                Change(
                    zone: "z\(number)", laggard: Bool.random(using: &random) ? "ns2" : "ns3",
                    looks: .random(in: 1...2, using: &random), value: value)
            }
        }

        private static var newValue: String {
            "198.18.\(UInt8.random(in: 1...254)).\(UInt8.random(in: 1...254))"
        }

        @Test(
            "Over 20 changes with a secondary that lags at random", arguments: 0..<UInt64(Sampling.count(1, soak: 25)))
        func order(round: UInt64) async throws {
            let world = try await MiniatureInternet.running()
            let changes = changes(round: round, value: Self.newValue)
            for laggard in ["ns2", "ns3"] {
                let zones = changes.filter { $0.laggard == laggard }.map { "\($0.zone).net" }
                if !zones.isEmpty { try await world.command(["lag", laggard, "on"] + zones) }
            }
            try await concurrently(changes, width: 6) { change in
                try await world.command("update", change.name, "1", "A", change.value)
            }
            let trace = try await Trace(in: world)
            try await withThrowingTaskGroup(of: Void.self) { group in
                let catchingUp = Task { try await release(changes, in: world, trace.live()) }
                for change in changes {
                    group.addTask {
                        let watching = try Watching([change.name, "--deadline", "60s"], in: world)
                        let (lines, exitCode) = await watching.end()
                        let about = Comment(rawValue: lines.joined(separator: "\n"))
                        #expect(exitCode == 0, about)
                        // Once a serial has told that an address lags, only the new RRset makes it right.
                        let turned = lines.filter { $0.contains("lagging to converged") }
                        #expect(turned.allSatisfy { $0.hasSuffix(change.value) }, about)
                    }
                }
                try await group.waitForAll()
                catchingUp.cancel()
                _ = await catchingUp.result
            }
            let events = try await trace.recorded()
            for change in changes { try expectOrder(of: change, in: events, world) }
        }

        /// Lets each laggard catch up once the watch has looked at it often enough.
        private func release(
            _ changes: [Change], in world: MiniatureInternet, _ live: AsyncStream<TraceEvent>
        ) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                var looks: [String: Int] = [:]
                var waiting = Dictionary(uniqueKeysWithValues: changes.map { ($0.name, $0) })
                for await event in live where event.kind == .query && event.from == "client" {
                    guard let change = waiting[event.name], event.to == change.laggard, event.qtype == "A",
                        event.dst.contains(".")
                    else { continue }
                    looks[event.name, default: 0] += 1
                    guard looks[event.name] == change.looks else { continue }
                    waiting[event.name] = nil
                    group.addTask { try await world.command("lag", change.laggard, "off", "\(change.zone).net") }
                    if waiting.isEmpty { break }
                }
                try await group.waitForAll()
            }
        }

        private func expectOrder(of change: Change, in events: [TraceEvent], _ world: MiniatureInternet) throws {
            let mine = events.filter { $0.name == change.name && $0.qtype == "A" }
            let servers = try ["ns1", "ns2", "ns3"].flatMap { try world.node($0).addresses }
            let fromServers = mine.filter { $0.kind == .reply && $0.to == "client" && servers.contains($0.src) }
            let outdated = fromServers.filter { $0.values != [change.value] }
            #expect(outdated.contains { $0.from == change.laggard }, "\(change.laggard) never lagged in \(change.zone)")
            let seenNew = servers.map { server in
                fromServers.first { $0.src == server && $0.values == [change.value] }?.arrives
            }
            #expect(!seenNew.contains(nil), "\(change.name): not every address was seen with the new RRset")
            let asked = mine.filter { isSample($0, world) }
            #expect(Set(asked.compactMap(\.to)).count >= 14, "\(change.name): resolvers were asked in the end")
            let first = asked.map(\.time).min() ?? 0
            #expect(
                first > seenNew.compactMap(\.self).max() ?? 0, "\(change.name): a resolver was asked too early")
        }

        /// Whether it is a question of ours for a resolver.
        private func isSample(_ event: TraceEvent, _ world: MiniatureInternet) -> Bool {
            guard event.kind == .query, event.from == "client", let name = event.to else { return false }
            return world.nodes.contains { $0.name == name && $0.role == "resolver" }
        }

        @Test("While a secondary lags, a check says so, promises no time and asks no resolver, unless told to")
        func held() async throws {
            let world = try await MiniatureInternet.running()
            try await world.command("lag", "ns2", "on", "z31.net")
            try await world.command("update", "www.z31.net", "5", "A", Self.newValue)
            let held = try await world.check("www.z31.net")
            let lifted = try await world.check("www.z31.net", "--ask-anyway")
            try await world.command("lag", "ns2", "off", "z31.net")
            let about = Comment(rawValue: held.report.brief)
            #expect(held.exitCode == 1, about)
            #expect(held.report.gate.state == .held, about)
            #expect(held.report.gate.reason?.contains("ns2") ?? false, about)
            #expect(held.report.convergence.etaBound == nil, about)
            let laggards = held.report.authoritative.filter { $0.verdict == .lagging }.map(\.nsid)
            #expect(laggards.count { $0 == "ns2" } == 2 && !laggards.contains("ns1"), about)
            #expect(held.report.resolvers.allSatisfy { $0.verdict == .notAsked && $0.samples.isEmpty }, about)
            #expect(lifted.report.gate.state == .lifted, Comment(rawValue: lifted.report.brief))
            #expect(lifted.report.resolvers.allSatisfy { !$0.samples.isEmpty }, Comment(rawValue: lifted.report.brief))
        }

        @Test("An authoritative address that is silent or lame does not hold resolvers back")
        func notHeld() async throws {
            let world = try await MiniatureInternet.running()
            for row in ["silent-server", "lame-refused", "lame-referral", "servfail"] {
                let trace = try await Trace(in: world)
                let name = "www.\(row).org"
                let watching = try Watching([name, "--timeout", "500ms"], in: world)
                for await event in try trace.live() where event.name == name && isSample(event, world) { break }
                watching.signal(SIGINT)
                let (lines, exitCode) = await watching.end()
                let about = Comment(rawValue: lines.joined(separator: "\n"))
                #expect((0...3).contains(exitCode), about)
                let events = try await trace.recorded().filter { $0.name == name }
                let answered = events.first { $0.kind == .reply && $0.from == "ns1" && $0.to == "client" }?.arrives
                let first = events.first { isSample($0, world) }?.time
                #expect(try #require(answered) < #require(first), about)
            }
        }
    }
}
