import DNSModel
import FoundationEssentials
import TestSupport
import Testing

extension InTheWorld {
    @Suite("After a change every cache is stale for as long as it says, and then right")
    struct StalenessTests {
        static let (old, new) = ("192.0.2.6", "198.51.100.6")

        /// The resolvers with the old record in their caches, and the new one on every server of the zone.
        private func changedRecord(ttl: Int, in world: MiniatureInternet) async throws -> String {
            let name = "n\(UInt32.random(in: 0...UInt32.max)).z06.net"
            try await world.publish(name, ttl: ttl, Self.old)
            try await world.command("warm", name, "--until", Self.old)
            try await world.publish(name, ttl: ttl, Self.new)
            return name
        }

        @Test("Each resolver counts down with its cache and turns, and the first ETA is kept")
        func follow() async throws {
            let world = try await MiniatureInternet.running()
            let name = try await changedRecord(ttl: 15, in: world)
            let watching = try Watching([name, "--was", Self.old, "--format", "json"], in: world)
            let report = try #require(try await watching.firstWholeReport())
            let about = Comment(rawValue: report.brief)
            #expect(report.operators.count == 14 && report.operators.allSatisfy { $0.verdict == .stale }, about)
            #expect(report.exitCode == 1, about)
            let clocks = try await clocks(of: name, report, in: world)
            expectCountdown(report, clocks)
            try expectETA(report, clocks, wayBack: world.longestWayBack)

            var turned: Set<String> = []
            var last = report
            while let report = try await watching.report() {
                for row in report.operators where row.verdict == .converged { turned.insert(row.id) }
                #expect(
                    report.operators.allSatisfy { [.stale, .mixed, .converged].contains($0.verdict) },
                    Comment(rawValue: report.brief))
                #expect(report.status == .warning || report.status == .ok, Comment(rawValue: report.brief))
                last = report
            }
            #expect(await watching.end().exitCode == 0)
            #expect(last.status == .ok && turned.count == 14, Comment(rawValue: last.brief))
            let over = last.started.addingTimeInterval(Double(last.elapsedMS) / 1000)
            let promise = try #require(report.convergence.etaBy)
            // What follows the promise is one more round of questions.
            #expect(over.timeIntervalSince(promise) < 2, "\(over) is long after \(promise)")
        }

        /// By the address of each resolver that was asked over IPv4.
        private func clocks(
            of name: String, _ report: PropagationReport, in world: MiniatureInternet
        ) async throws -> [String: CacheClock] {
            let addresses = report.resolvers.map(\.address).filter { $0.contains(".") }
            return try await withThrowingTaskGroup(of: (String, CacheClock).self) { group in
                for address in addresses {
                    group.addTask { (address, try await CacheClock(name, at: address, in: world)) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }

        private func expectCountdown(_ report: PropagationReport, _ clocks: [String: CacheClock]) {
            let now = report.started.addingTimeInterval(Double(report.elapsedMS) / 1000).timeIntervalSince1970
            for row in report.resolvers {
                guard let clock = clocks[row.address] else { continue }
                let about = Comment(rawValue: "\(row.label) \(row.secondsLeft ?? -1) s left at \(now), \(clock.expiry)")
                #expect(clock.values == [Self.old], about)
                #expect(row.values == [Self.old] && row.ttl != nil, about)
                // A TTL tells whole seconds: the cache drops it within the second before.
                let end = now + Double(row.secondsLeft ?? 0)
                #expect(end >= clock.expiry.lowerBound && end <= clock.expiry.upperBound + 2, about)
            }
        }

        private func expectETA(_ report: PropagationReport, _ clocks: [String: CacheClock], wayBack: Double) throws {
            let eta = try #require(report.convergence.etaBy).timeIntervalSince1970
            let expiries = clocks.values.map(\.expiry)
            let last = try (#require(expiries.map(\.lowerBound).max()), #require(expiries.map(\.upperBound).max()))
            let about = Comment(rawValue: "\(eta) for \(last): \(report.convergence.etaReason ?? "")")
            #expect(report.convergence.etaBound == .by, about)
            // The TTL in an answer is that of the moment in which it was sent.
            #expect(eta >= last.0 && eta <= last.1 + 2 + wayBack, about)
        }

        /// One way in which a record of z05.net changes while every cache holds what was before.
        struct Change: Sendable {
            let name: String
            /// What `update` publishes at first, and then.
            let before: [String]
            let after: [String]
            /// What the caches say meanwhile, where they have an address.
            var cached: String?
            var arguments: [String] = []
            let verdict: Verdict
            /// Part of what the ETA rests on.
            let reason: String
        }

        static let changes: [Change] = [
            Change(
                name: "alias", before: ["15", "CNAME", "slow.z05.net."], after: ["15", "CNAME", "www.z05.net."],
                cached: "203.0.113.5", verdict: .stale, reason: "CNAME slow.z05.net"),
            Change(
                name: "gone", before: ["15", "A", old], after: ["15", "A"], cached: old,
                arguments: ["--expect-none", "--was", old], verdict: .stale, reason: "still has \(old)"),
            Change(name: "new", before: ["15", "A"], after: ["15", "A", new], verdict: .negative, reason: "NXDOMAIN"),
        ]

        @Test("An alias that leads elsewhere, a record taken away, a new one that caches deny")
        func otherChanges() async throws {
            let world = try await MiniatureInternet.running()
            try await concurrently(Self.changes, width: 3) { try await follow($0, in: world) }
        }

        private func follow(_ change: Change, in world: MiniatureInternet) async throws {
            let name = "\(change.name)\(UInt32.random(in: 0...UInt32.max)).z05.net"
            try await world.command(["update", "--wait", name] + change.before)
            try await world.command(["warm", name] + (change.cached.map { ["--until", $0] } ?? []))
            try await world.command(["update", "--wait", name] + change.after)
            let watching = try Watching([name, "--format", "json"] + change.arguments, in: world)
            let report = try #require(try await watching.firstWholeReport())
            let about = Comment(rawValue: report.brief)
            #expect(report.operators.allSatisfy { $0.verdict == change.verdict }, about)
            #expect(report.convergence.etaReason?.contains(change.reason) ?? false, about)
            // What follows in the cache lasts longer than what differs, and does not count.
            #expect(report.convergence.etaSeconds ?? 99 <= 17, about)
            let (_, exitCode) = await watching.end()
            #expect(exitCode == 0, about)
        }

        @Test("With nothing known of what was before, old answers are presumed stale; given another, they are wrong")
        func presumption() async throws {
            let world = try await MiniatureInternet.running()
            let name = try await changedRecord(ttl: 30, in: world)
            let unknown = try await world.check(name)
            #expect(unknown.exitCode == 1, Comment(rawValue: unknown.report.brief))
            #expect(
                unknown.report.resolvers.allSatisfy { $0.verdict == .stale && $0.presumed },
                Comment(rawValue: unknown.report.brief))
            let known = try await world.check(name, "--was", Self.old)
            #expect(known.exitCode == 1, Comment(rawValue: known.report.brief))
            #expect(
                known.report.resolvers.allSatisfy { $0.verdict == .stale && !$0.presumed },
                Comment(rawValue: known.report.brief))
            let other = try await world.check(name, "--was", "203.0.113.99")
            #expect(other.exitCode == 2, Comment(rawValue: other.report.brief))
            #expect(other.report.resolvers.allSatisfy { $0.verdict == .wrong }, Comment(rawValue: other.report.brief))
        }
    }
}
