import DNSModel
import FoundationEssentials
import TestSupport
import Testing

extension InTheWorld {
    /// The table is Tests/World/zones.json.
    @Suite("Every broken zone yields its verdict, finding and exit code; its healthy twin yields OK")
    struct BrokenZoneTests {
        struct Row: Decodable, Sendable {
            let row: String
            let twin: Bool
            let name: String
            let type: String
            let node: String
            let arguments: [String]
            let primed: Bool
            let verdict: Verdict?
            let finding: String?
            let eta: PropagationReport.Bound?
            let exit: Int32
        }

        @Test("Each row of zones.json")
        func table() async throws {
            let world = try await MiniatureInternet.running()
            let rows = try JSONDecoder().decode([Row].self, from: Data(try await world.command("rows").utf8))
            #expect(rows.count(where: \.twin) == rows.count(where: { !$0.twin }) && rows.count >= 40)
            try await concurrently(rows, width: 4) { try await check($0, in: world) }
        }

        private func check(_ row: Row, in world: MiniatureInternet) async throws {
            if row.primed { try await world.command("prime", row.row) }
            let found = try await world.check([row.name, row.type] + row.arguments, on: row.node)
            if row.primed { try await world.command("restore", row.row) }
            let report = found.report
            let about = Comment(rawValue: "\(row.row)\(row.twin ? " (twin)" : "")\n\(report.brief)")
            #expect(found.exitCode == row.exit, about)
            #expect(report.exitCode == found.exitCode, about)
            #expect(found.errors == "", about)
            if let verdict = row.verdict {
                let verdicts = report.observations.map(\.verdict) + report.operators.map(\.verdict)
                #expect(verdicts.contains(verdict), about)
            }
            if let finding = row.finding { #expect(report.findings.map(\.code).contains(finding), about) }
            if let eta = row.eta { #expect(report.convergence.etaBound == eta, about) }
            if row.twin { #expect(report.findings.allSatisfy { $0.severity == .note }, about) }
        }
    }
}

/// Does something with each element, with so many at a time.
func concurrently<Element: Sendable>(
    _ elements: [Element], width: Int, _ body: @escaping @Sendable (Element) async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, element) in elements.enumerated() {
            if index >= width { try await group.next() }
            group.addTask { try await body(element) }
        }
        try await group.waitForAll()
    }
}
