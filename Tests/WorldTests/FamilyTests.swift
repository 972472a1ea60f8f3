import DNSModel
import TestSupport
import Testing

extension InTheWorld {
    @Suite("A family without a route is skipped, and said once")
    struct FamilyTests {
        static let machines: [Case<String, String>] = [
            Case("a machine with IPv4 alone", "client4", "IPv6"), Case("a machine with IPv6 alone", "client6", "IPv4"),
        ]

        @Test(arguments: machines)
        func skipped(_ machine: Case<String, String>) async throws {
            let world = try await MiniatureInternet.running()
            let (node, family) = (machine.input, machine.output)
            let found = try await world.check("www.z03.net", on: node)
            let about = Comment(rawValue: found.report.brief)
            #expect(found.exitCode == 0, about)
            #expect(!found.report.observations.isEmpty, about)
            // Nothing was sent that way: such an address is either not listed or says that it was not asked.
            let isOther: (String) -> Bool = { $0.contains(":") == (family == "IPv6") }
            let others = found.report.observations.filter { isOther($0.address) }
            #expect(others.allSatisfy { $0.verdict == .notAsked && $0.samples.isEmpty }, about)
            #expect(found.report.findings.count { $0.detail.contains("\(family) route") } == 1, about)

            // A server of this machine tells nothing of the Internet.
            let loopback = family == "IPv6" ? "::1" : "127.0.0.1"
            let local = try await world.check("www.z03.net", "--nameserver", loopback, "--no-resolvers", on: node)
            let silent = local.report.authoritative.filter { $0.verdict != .converged }.map(\.address)
            #expect(silent == [loopback], Comment(rawValue: local.report.brief))

            let text = try await world.run("check", ["www.z03.net", "-v"], on: node).output
            #expect(text.split(separator: "\n").count { $0.contains(family) } == 1, Comment(rawValue: text))
        }
    }
}
