import DNSModel
import TestSupport
import Testing

@Suite("A report is written for people as its golden file says")
struct ReportTextTests {
    struct Scene: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let file: String
        let report: PropagationReport
        var verbosity = 0

        init(_ sentence: String, _ file: String, _ sample: SampleReport, verbosity: Int = 0) {
            testDescription = sentence
            self.file = file
            report = sample.report
            self.verbosity = verbosity
        }
    }

    static let scenes = [
        Scene("all converged at three resolvers", "converged-3", .converged(resolvers: 3)),
        Scene("all converged at fourteen resolvers", "converged-14", .converged()),
        Scene("sixty resolvers, of which three are news", "converging-60", .converging(resolvers: 60)),
        Scene("a few caches still hold the old value", "converging-14", .converging()),
        Scene("every row on request", "converging-verbose", .converging(resolvers: 5), verbosity: 1),
        Scene("a secondary lags, so resolvers are not asked", "held", .held()),
        Scene("servers that are wrong, refuse, fail and filter", "broken", .broken()),
        Scene("a record that would take over a terminal", "hostile", .hostile()),
        Scene("nothing has answered yet", "pending", .held().pending),
    ]

    @Test(arguments: scenes, [80, 200])
    func looksAsExpected(_ scene: Scene, columns: Int) throws {
        for (colour, suffix) in [(false, ""), (true, "-colour")] {
            var style = ReportStyle()
            style.columns = columns
            style.colour = colour
            style.verbosity = scene.verbosity
            let text = ReportText(scene.report, style: style).lines.map { $0 + "\n" }.joined()
            let difference = try Golden().difference(text, from: "\(scene.file)-\(columns)\(suffix).txt")
            #expect(difference == nil)
        }
    }

    @Test(arguments: scenes, [20, 40, 80, 120, 200, 300])
    func fitsTheTerminal(_ scene: Scene, columns: Int) {
        var style = ReportStyle()
        style.columns = columns
        for line in ReportText(scene.report, style: style).lines {
            #expect(line.columns <= min(columns, 200), "\(line)")
        }
    }

    @Test("Every address is shown whole on request, be it asked by a name or not")
    func addresses() {
        var sample = SampleReport.converged(resolvers: 0)
        let addresses = ["8.8.8.8", "2001:4860:4860::8888"]
        for address in addresses.map(SampleReport.address) {
            for endpoint in [Endpoint(address), Endpoint(address, transport: .tls, serverName: "dns.google")] {
                sample.addResolver("Google", .values(["192.0.2.2"], ttl: 240), nsid: "gpdns-ams.example", at: endpoint)
            }
        }
        var style = ReportStyle()
        style.verbosity = 1
        let words = ReportText(sample.report, style: style).lines.map { $0.split(separator: " ").map(String.init) }
        for address in addresses {
            #expect(words.contains { $0.contains(address) && !$0.contains("tls") })
            #expect(words.contains { $0.contains(address) && $0.contains("tls") })
        }
    }

    @Test("Servers that are not asked, all for one reason, are one line")
    func oneReason() {
        let lines = ReportText(SampleReport.held().report, style: ReportStyle()).lines
        #expect(lines.count { $0.contains("not asked") } == 1, "\(lines)")
    }

    @Test("A value that fills a message is cut without ado", .timeLimit(.minutes(1)))
    func longValue() {
        var sample = SampleReport("txt.he.okerr.example", type: .txt)
        sample.addServer("ns1", .texts([String(repeating: "long ", count: 13_000)], ttl: 300))
        let lines = ReportText(sample.report, style: ReportStyle()).lines
        #expect(lines.contains { $0.contains("long long") && $0.contains("…") })
    }

    @Test(arguments: scenes)
    func nothingControlsTheTerminal(_ scene: Scene) {
        for unicode in [true, false] {
            var style = ReportStyle()
            style.unicode = unicode
            for line in ReportText(scene.report, style: style).lines {
                #expect(line == PrintableText(line, asciiOnly: !unicode).text)
            }
        }
    }

    @Test(arguments: scenes)
    func coloursAddNothingThatWordsDoNotSay(_ scene: Scene) {
        var style = ReportStyle()
        let plain = ReportText(scene.report, style: style).lines
        style.colour = true
        let coloured = ReportText(scene.report, style: style).lines
        #expect(coloured.map(\.withoutColour) == plain)
    }
}

extension SampleReport {
    /// The same before the first answer.
    var pending: SampleReport {
        var sample = self
        sample.change { evidence in
            for index in evidence.authoritative.indices {
                evidence.authoritative[index].samples = []
                evidence.authoritative[index].serial = nil
            }
        }
        return sample
    }
}
