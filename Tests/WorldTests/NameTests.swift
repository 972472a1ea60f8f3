import DNSModel
import TestSupport
import Testing

extension InTheWorld {
    @Suite("Names of every kind are asked at the servers that hold them, and each of those once")
    struct NameTests {
        struct Found: Sendable, Equatable {
            var exitCode: Int32 = 0
            let apex: String
            /// Authoritative addresses that were asked.
            let addresses: Int
            var targetZones: [String] = []
        }

        static let names: [Case<[String], Found>] = [
            Case("the root", [".", "NS"], Found(apex: ".", addresses: 26)),
            Case("a TLD", ["net", "NS"], Found(apex: "net", addresses: 4)),
            Case("an apex", ["z03.net", "SOA"], Found(apex: "z03.net", addresses: 6)),
            Case("what the parent holds", ["filtered-ok.org", "DS"], Found(exitCode: 1, apex: "org", addresses: 2)),
            Case("several strings", ["text.z03.net", "TXT"], Found(apex: "z03.net", addresses: 6)),
            Case("names in the data", ["z03.net", "MX"], Found(apex: "z03.net", addresses: 6)),
            Case("an unknown type", ["z03.net", "TYPE65280"], Found(exitCode: 1, apex: "z03.net", addresses: 6)),
            Case("an alias in its own zone", ["alias.z03.net", "A"], Found(apex: "z03.net", addresses: 6)),
            Case("an alias to nothing", ["alias.z03.net", "MX"], Found(exitCode: 1, apex: "z03.net", addresses: 6)),
            Case(
                "an alias into a zone below", ["cat.okerr.com", "A"],
                Found(apex: "okerr.com", addresses: 10, targetZones: ["he.okerr.com"])),
            Case(
                "letters outside ASCII", ["bücher.z03.net", "A", "--expect-none"],
                Found(apex: "z03.net", addresses: 6)),
            Case("no such zone", ["nobody.net", "A", "--expect-none"], Found(apex: "net", addresses: 4)),
            Case("no such TLD", ["no.body", "A", "--expect-none"], Found(apex: ".", addresses: 26)),
        ]

        @Test("Each kind")
        func kinds() async throws {
            let world = try await MiniatureInternet.running()
            try await concurrently(Self.names, width: 4) { row in
                let found = try await world.check(row.input)
                let report = found.report
                let about = Comment(rawValue: "\(row.testDescription): \(report.brief)")
                let seen = Found(
                    exitCode: found.exitCode, apex: report.zone?.apex ?? "", addresses: report.authoritative.count,
                    targetZones: report.targetZones.map(\.apex))
                #expect(seen == row.output, about)
                #expect(report.operators.allSatisfy { $0.verdict == .converged }, about)
                // Many servers are no reason to take long: nobody here is farther than 100 ms.
                #expect(report.elapsedMS < 10_000, about)
            }
        }

        @Test("A name with letters outside ASCII is shown as it is asked")
        func aLabel() async throws {
            let world = try await MiniatureInternet.running()
            let found = try await world.check("bücher.z03.net", "--no-resolvers")
            #expect(found.report.name == "xn--bcher-kva.z03.net")
        }
    }
}
