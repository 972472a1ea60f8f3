import DNSModel
import TestSupport
import Testing

@testable import CLI

@Suite("Nagios output keeps the plugin guidelines' grammar")
struct NagiosOutputTests {
    static let scenes =
        ReportTextTests.scenes + [
            ReportTextTests.Scene("a name of 250 octets", "long-name", SampleReport(long)),
            ReportTextTests.Scene("a hundred resolvers, none of them right", "wrong-100", wrong),
        ]

    static let long = (0..<4).map { "\($0)" + String(repeating: "x", count: 59) }.joined(separator: ".")

    static var wrong: SampleReport {
        var sample = SampleReport()
        sample.addServers(13)
        for index in 0..<100 { sample.addResolver("Operator | 'n' = \(index)", .values(["10.0.0.1"], ttl: 86_400)) }
        return sample
    }

    private static func text(_ reports: [PropagationReport], verbosity: Int = 3) -> String {
        NagiosOutput(reports, options: GatheredEvidence.Options(), deadline: .seconds(9), verbosity: verbosity).text
    }

    @Test(arguments: scenes)
    func keepsTheGrammar(_ scene: ReportTextTests.Scene) throws {
        for reports in [[scene.report], [scene.report, scene.report.of(type: "AAAA")]] {
            let output = PluginOutput(Self.text(reports))
            #expect(output.text.utf8.count < 4096)
            #expect(output.text.unicodeScalars.allSatisfy { $0 == "\n" || (0x20..<0x7F).contains($0.value) })
            #expect(output.headline.utf8.count < 80, "\(output.headline)")
            #expect(try #/PROPAGATION (OK|WARNING|CRITICAL|UNKNOWN): .+/#.wholeMatch(in: output.headline) != nil)
            #expect(!output.details.contains("|"))
            #expect(!output.figures.isEmpty)
            for figure in output.figures {
                #expect(try PluginOutput.figure.wholeMatch(in: figure) != nil, "\(figure)")
            }
            #expect(Set(output.labels.map { $0.prefix(19) }).count == output.labels.count)
        }
    }

    @Test("Labels stay the same whatever is found, so that graphs go on")
    func stableLabels() {
        let labels = Self.scenes.map { PluginOutput(Self.text([$0.report])).labels }
        #expect(Set(labels).count == 1)
    }

    @Test(
        "The text is as its golden file says",
        arguments: ["converged-14", "converging-14", "held", "broken", "hostile"])
    func golden(scene file: String) throws {
        let scene = try #require(Self.scenes.first { $0.file == file })
        let difference = try Golden().difference(Self.text([scene.report], verbosity: 0) + "\n", from: "\(file).nagios")
        #expect(difference == nil)
    }

    @Test("Ranges that were given stand in the performance data as they were given")
    func ranges() throws {
        var options = GatheredEvidence.Options()
        options.warning = NagiosRange("95:")
        options.critical = NagiosRange("@0:80")
        let text = NagiosOutput([SampleReport.converging().report], options: options).text
        #expect(text.contains(" converged=84.6%;95:;@0:80 stale=2;;;0;14 "))
    }

    @Test("A check of two types ends with the worse, told first")
    func worstFirst() {
        let reports = [SampleReport.converged().report, SampleReport.broken().report.of(type: "AAAA")]
        let output = PluginOutput(Self.text(reports))
        #expect(output.headline.hasPrefix("PROPAGATION CRITICAL: "))
        #expect(output.headline.contains(" AAAA Liar is wrong"))
        #expect(output.labels.contains("converged_A"))
        #expect(output.labels.contains("converged_AAAA"))
    }

    @Test(
        "A failure's line is cut where it has to be, and then follows whole",
        arguments: [
            Case("short", "no list", "PROPAGATION UNKNOWN: no list"),
            Case(
                "long", String(repeating: "very ", count: 20) + "long | text",
                "PROPAGATION UNKNOWN: very very very very very very very very very very very v..\n"
                    + String(repeating: "very ", count: 20) + "long / text"),
        ])
    func failure(_ c: Case<String, String>) {
        #expect(NagiosOutput.failureLine(c.input) == c.output)
    }
}

extension PropagationReport {
    func of(type: String) -> PropagationReport {
        var report = self
        report.type = type
        return report
    }
}

/// A plugin's output as its readers take it apart.
struct PluginOutput {
    let text: String
    let headline: String
    let figures: [String]
    let details: String

    /// `'label'=value[UOM];[warn];[crit];[min];[max]`, with ranges for warn and crit.
    nonisolated(unsafe) static let figure =
        #/(?:'(?:[^'=]|'')+'|[^\s'=]+)=(?:U|-?[0-9.]+(?:us|ms|s|%|B|KB|MB|TB|c)?)(?:;(?:@?(?:~|-?[0-9.]+)?:?(?:-?[0-9.]+)?)?(?:;(?:@?(?:~|-?[0-9.]+)?:?(?:-?[0-9.]+)?)?(?:;(?:-?[0-9.]+)?(?:;(?:-?[0-9.]+)?)?)?)?)?/#

    init(_ text: String) {
        self.text = text
        let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = (lines.first ?? "").split(separator: "|", omittingEmptySubsequences: false)
        headline = (parts.first ?? "").drop { $0 == " " }.description.trimmedEnd
        figures = parts.dropFirst().joined().split(separator: " ").map(String.init)
        details = lines.dropFirst().joined()
    }

    var labels: [String] { figures.map { String($0.prefix { $0 != "=" }) } }
}

extension String {
    fileprivate var trimmedEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
