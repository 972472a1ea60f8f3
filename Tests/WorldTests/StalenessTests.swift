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
            try await world.command("warm", name)
            try await world.publish(name, ttl: ttl, Self.new)
            return name
        }

        @Test("Each resolver counts down with its cache and turns, and the first ETA is kept")
        func follow() async throws {
            let world = try await MiniatureInternet.running()
            let name = try await changedRecord(ttl: 15, in: world)
            let watching = try Watching([name, "--was", Self.old, "--format", "json"], in: world)
            var first: PropagationReport?
            while first == nil, let report = try await watching.report() {
                if report.pending == 0, !report.resolvers.allSatisfy({ $0.samples.isEmpty }) { first = report }
            }
            let report = try #require(first)
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
