import DNSModel
import FoundationEssentials
import TestSupport
import Testing

extension InTheWorld {
    @Suite("Testing resolvers tells which of them do what the list says")
    struct ResolversTestTests {
        /// An entry of the output of `resolvers test --json`.
        struct Trial: Decodable, Sendable {
            struct Check: Decodable, Sendable {
                let claim: String
                let address: String
                let outcome: String
                let reason: String?
            }

            let id: String
            let status: Status
            let checks: [Check]

            func outcomes(_ claim: ResolverTrial.Claim) -> Set<String> {
                Set(checks.filter { $0.claim == claim.rawValue }.map(\.outcome))
            }
        }

        private func test(
            _ arguments: String..., in world: MiniatureInternet
        ) async throws -> (trials: [Trial], exitCode: Int32, about: Comment) {
            let subject = ["--control", "www.z10.net", "--broken", "www.expired-signature.org"]
            let trust = ["--ca-file", world.certificateFile, "--json"]
            let run = try await world.run("resolvers", ["test"] + arguments + subject + trust)
            let about = Comment(rawValue: run.output + run.errors)
            return (try JSONDecoder().decode([Trial].self, from: Data(run.output.utf8)), run.exitCode, about)
        }

        @Test("All of the shipped list are what it says, over every transport that they claim")
        func shipped() async throws {
            let world = try await MiniatureInternet.running()
            try await world.command("warm", "www.z10.net")
            let (trials, exitCode, about) = try await test("--timeout", "5s", in: world)
            #expect(exitCode == 0, about)
            #expect(trials.count == 16 && trials.allSatisfy { $0.status == .ok }, about)
            #expect(trials.flatMap(\.checks).allSatisfy { $0.outcome != "broken" }, about)
            for claim in [ResolverTrial.Claim.udp, .tcp, .nxdomain] {
                #expect(trials.allSatisfy { $0.outcomes(claim) == ["holds"] }, about)
            }
            #expect(trials.count { $0.outcomes(.https) == ["holds"] } == 14, about)
            let named = trials.filter { !$0.outcomes(.identity).isEmpty }
            #expect(named.map(\.id) == ["google", "cloudflare", "quad9-unfiltered", "quad9"], about)
            #expect(named.allSatisfy { $0.outcomes(.identity) == ["holds"] }, about)
        }

        @Test("Those that are closed, dead, or have another habit than the list says, each by its fault")
        func faulty() async throws {
            let world = try await MiniatureInternet.running()
            let list = Repository.root + "/Tests/World/resolvers.json"
            let directory = try TemporaryDirectory()
            let text = try String(contentsOf: URL(filePath: list), encoding: .utf8)
            let denied = text.replacing(
                #""filtering": "malware", "dnssec": true"#, with: #""filtering": "malware", "dnssec": false"#)
            let changed = try directory.write(denied, to: "resolvers.json")
            let (trials, exitCode, about) = try await test(
                "--resolvers", changed, "--timeout", "1s", "plain", "filter", "closed", "dead", in: world)
            #expect(exitCode == 2, about)
            #expect(trials.map(\.id) == ["plain", "filter", "closed", "dead"], about)
            #expect(trials.map(\.status) == [.ok, .critical, .critical, .critical], about)
            let broken = trials.map { trial in
                Set(trial.checks.filter { $0.outcome == "broken" }.map { "\($0.claim): \($0.reason ?? "")" })
            }
            #expect(
                broken == [
                    [], ["dnssec: validates, which the list denies"],
                    ["udp: Connection refused", "tcp: Connection refused"], ["udp: no answer", "tcp: no answer"],
                ], about)
        }

        @Test("Somebody else who answers for a resolver is given away by the name he gives himself")
        func intercepted() async throws {
            let world = try await MiniatureInternet.running()
            let addresses = try world.node("cloudflare").addresses
            try await world.command(["wan", "intercept", "on"] + addresses)
            let found = try await test("google", "cloudflare", "--timeout", "5s", in: world)
            try await world.command(["wan", "intercept", "off"] + addresses)
            #expect(found.exitCode == 2, found.about)
            #expect(found.trials.map(\.status) == [.ok, .critical], found.about)
            #expect(found.trials.last?.outcomes(.identity) == ["broken"], found.about)
            #expect(found.trials.last?.outcomes(.https) == ["holds"], "over HTTPS nobody can: \(found.about)")
        }
    }
}
