import DNSModel
import Testing

extension InTheWorld {
    @Suite("Silence is never taken for convergence")
    struct SilenceTests {
        @Test("All resolvers dead: UNKNOWN")
        func deadResolvers() async throws {
            let world = try await MiniatureInternet.running()
            let found = try await world.silencing(world.coreResolverAddresses) {
                try await world.check("www.z02.net", "--timeout", "400ms")
            }
            let about = Comment(rawValue: found.report.brief)
            #expect(found.exitCode == 3, about)
            #expect(found.report.status == .unknown, about)
            #expect(found.report.authoritative.allSatisfy { $0.verdict == .converged }, about)
            #expect(!found.report.operators.isEmpty, about)
            #expect(found.report.operators.allSatisfy { $0.verdict == .timeout && !$0.counted }, about)
            #expect(found.report.convergence.operators.percent == nil, about)
        }

        @Test("All authoritative servers dead, their parents alive: CRITICAL")
        func deadZone() async throws {
            let world = try await MiniatureInternet.running()
            let servers = try ["ns1", "ns2", "ns3"].flatMap { try world.node($0).addresses }
            let client = try world.node("client").addresses
            let cuts = servers.flatMap { server in client.map { "cut \(server) \($0)" } }
            let found = try await world.with(cuts.map { "\($0) on" }, otherwise: cuts.map { "\($0) off" }) {
                try await world.check("www.z02.net", "--timeout", "400ms")
            }
            let about = Comment(rawValue: found.report.brief)
            #expect(found.exitCode == 2, about)
            #expect(found.report.authoritative.allSatisfy { $0.verdict == .timeout }, about)
            #expect(found.report.convergence.authoritative.converged == 0, about)
            #expect(!found.report.observations.contains { $0.verdict == .converged }, about)
        }

        /// Times are those at which packets entered the WAN.
        @Test("A dead authoritative server costs its own tries, and delays no other server of the zone")
        func deadServer() async throws {
            let world = try await MiniatureInternet.running()
            let name = "www.silent-server.org"
            let trace = try await Trace(in: world)
            let found = try await world.check(name, "--timeout", "500ms")
            let about = Comment(rawValue: found.report.brief)
            #expect(found.exitCode == 1, about)
            let queries = try await trace.recorded().filter {
                $0.kind == .query && $0.from == "client" && $0.name == name && $0.qtype == "A"
            }
            let silent = found.report.authoritative.filter { $0.verdict == .timeout }.map(\.address)
            #expect(!silent.isEmpty, about)
            let tries = silent.map { address in queries.filter { $0.dst == address }.map(\.time) }
            #expect(tries.allSatisfy { $0.count == 2 && $0[1] - $0[0] >= 0.5 }, "\(tries)")
            let (begun, retried) = (tries.compactMap(\.first).min() ?? 0, tries.compactMap(\.last).min() ?? 0)
            let others = found.report.authoritative.filter { $0.verdict == .converged }.map(\.address)
            #expect(
                !others.isEmpty
                    && others.allSatisfy { other in
                        queries.contains { $0.dst == other && $0.time < retried }
                    }, about)
            // Resolvers wait for both tries, and no longer than five halves of the time for one.
            let resolvers = Set(found.report.resolvers.map(\.address))
            let asked = try #require(queries.filter { resolvers.contains($0.dst) }.map(\.time).min())
            #expect(asked >= (tries.compactMap(\.last).max() ?? 0) + 0.5, "after \(asked - begun) s")
            #expect(
                asked - begun < 0.5 * 5 / 2 + 1, "after \(asked - begun) s, a second of which is for a busy machine")
        }

        @Test("A network that swallows everything: UNKNOWN")
        func deadNetwork() async throws {
            let world = try await MiniatureInternet.running()
            let found = try await world.silencing(world.node("client").addresses) {
                try await world.check("www.z02.net", "--timeout", "200ms")
            }
            let about = Comment(rawValue: found.report.brief)
            #expect(found.exitCode == 3, about)
            #expect(!found.report.observations.contains { $0.verdict == .converged }, about)
        }

        @Test("No network at all: UNKNOWN, in one line that says so")
        func noNetwork() async throws {
            let world = try await MiniatureInternet.running()
            let found = try await world.run("check", ["www.z02.net"], on: "island")
            #expect(found.exitCode == 3)
            #expect(found.output.isEmpty)
            #expect(found.errors.split(separator: "\n").count == 1)
            #expect(found.errors.contains("no network"))
        }
    }
}
