import DNSModel
import FoundationEssentials
import TestSupport
import Testing

extension InTheWorld {
    @Suite("Resolvers are asked in the way that was chosen, and believed only when they prove who they are")
    struct TransportTests {
        private static let encrypted = [
            "tls://dns.google", "https://dns.google/dns-query", "tls://dns.quad9.net",
            "https://dns.quad9.net/dns-query",
        ]

        private func check(_ resolvers: [String], _ more: [String], in world: MiniatureInternet) async throws
            -> MiniatureInternet.Checked
        {
            try await world.check(["www.z10.net"] + resolvers.flatMap { ["--resolver", $0] } + more)
        }

        @Test("DNS over TLS and HTTPS, by names that only our own walk resolves")
        func encrypted() async throws {
            let world = try await MiniatureInternet.running()
            let trace = try await Trace(in: world)
            let found = try await check(Self.encrypted, ["--ca-file", world.certificateFile], in: world)
            let about = Comment(rawValue: found.report.brief)
            #expect(found.exitCode == 0, about)
            #expect(Set(found.report.resolvers.map(\.transport)) == ["tls", "https"], about)
            #expect(found.report.resolvers.allSatisfy { $0.verdict == .converged }, about)
            let events = try await trace.recorded().filter { $0.from == "client" }
            for node in ["google", "quad9"] {
                let toNode = events.filter { $0.to == node }
                #expect(Set(toNode.map(\.dport)) == [443, 853], "\(node)")
            }
            // The machine's own resolver has no part in it.
            #expect(!events.contains { $0.to == "plain" })
        }

        @Test("A certificate that nobody vouches for is refused, and no answer counts")
        func untrusted() async throws {
            let world = try await MiniatureInternet.running()
            let found = try await check(Self.encrypted, [], in: world)
            let about = Comment(rawValue: found.report.brief)
            #expect(found.exitCode == 3, about)
            #expect(found.report.resolvers.allSatisfy { $0.verdict == .timeout && $0.values.isEmpty }, about)
            #expect(found.report.resolvers.allSatisfy { $0.error?.contains("certificate") ?? false }, about)
        }

        @Test("The list's resolvers over TCP, TLS and HTTPS", arguments: ["tcp", "tls", "https"])
        func transports(transport: String) async throws {
            let world = try await MiniatureInternet.running()
            let found = try await world.check(
                "www.z10.net", "--transport", transport, "--ca-file", world.certificateFile)
            let about = Comment(rawValue: found.report.brief)
            #expect(found.exitCode == 0, about)
            let asked = found.report.resolvers.filter { !$0.samples.isEmpty }
            #expect(asked.count > 10 && asked.allSatisfy { $0.transport == transport }, about)
            if transport == "tcp" { #expect(found.report.authoritative.allSatisfy { $0.transport == "tcp" }, about) }
        }

        @Test("With --system-resolver the machine's resolver stands in for the walk, and the report says so")
        func systemResolver() async throws {
            let world = try await MiniatureInternet.running()
            let trace = try await Trace(in: world)
            // By the world's own way in, which brings its /etc/resolv.conf.
            let words = ["exec", "client", Repository.program, "check", "www.z10.net", "--system-resolver"]
            let output = try await world.command(words + ["--format", "json"])
            let report = try PropagationReport.decoder().decode(PropagationReport.self, from: Data(output.utf8))
            let about = Comment(rawValue: report.brief)
            #expect(report.exitCode == 0, about)
            #expect(report.zone?.source == .systemResolver, about)
            #expect(report.authoritative.count == 6, about)
            let asked = Set(try await trace.recorded().filter { $0.from == "client" }.compactMap(\.to))
            #expect(asked.contains("plain"), "the machine's resolver was asked")
            #expect(asked.isDisjoint(with: ["root1", "root2", "root3", "tld1", "tld2", "tld3"]), "\(asked)")
        }

        @Test("Two caches behind one address are told apart by samples from fresh ports")
        func anycast() async throws {
            let world = try await MiniatureInternet.running()
            try await world.command("prime", "anycast")
            let trace = try await Trace(in: world)
            let found = try await world.check(
                "www.anycast.org", "--resolver", "4.2.2.8", "--samples", "12", "--was", "192.0.2.9")
            let about = Comment(rawValue: found.report.brief)
            let line = try #require(found.report.operators.first)
            #expect(line.verdict == .mixed && line.samples == 12 && line.caches >= 2, about)
            #expect(line.note == "\(line.convergedSamples) of 12 samples, at least \(line.caches) caches", about)
            let asked = try await trace.recorded().filter { $0.kind == .query && $0.dst == "4.2.2.8" }
            #expect(asked.count == 12 && Set(asked.compactMap(\.to)) == ["anycast-a", "anycast-b"])
        }

        @Test("Somebody else answering for Cloudflare and Quad9 is noticed by who they say they are")
        func intercepted() async throws {
            let world = try await MiniatureInternet.running()
            let addresses = try ["cloudflare", "quad9", "quad9-unfiltered"].flatMap { try world.node($0).addresses }
            try await world.command(["wan", "intercept", "on"] + addresses)
            let found = try await world.check("www.z10.net", "--ca-file", world.certificateFile)
            try await world.command(["wan", "intercept", "off"] + addresses)
            let about = Comment(rawValue: found.report.brief)
            #expect(found.exitCode == 2, about)
            let caught = Set(found.report.operators.filter { $0.verdict == .intercepted }.map(\.id))
            #expect(caught == ["cloudflare", "quad9"], about)
        }
    }
}
