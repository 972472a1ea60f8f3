import DNSModel
import Failover
import FoundationEssentials
import TestSupport
import Testing
import Wire

@testable import Daemon

@Suite("Metrics", .timeLimit(.minutes(2)))
struct MetricsTests {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("are escaped as Prometheus reads them")
    func escaping() {
        var family = MetricFamily("dnsconverge_test", .gauge, "A \\ and a\nline \"quoted\".")
        family.add(1.5, .init("name", "a\"b\\c\nd"))
        family.add(nil, .init("name", "unknown"))
        family.add(.infinity)
        #expect(
            MetricsText([family]).text == #"""
                # HELP dnsconverge_test A \\ and a\nline "quoted".
                # TYPE dnsconverge_test gauge
                dnsconverge_test{name="a\"b\\c\nd"} 1.5
                dnsconverge_test +Inf

                """#)
    }

    @Test("of times count up from class to class")
    func histogram() {
        var histogram = Histogram(bounds: [0.1, 1])
        for milliseconds in [50, 100, 500, 2000] { histogram.observe(.milliseconds(milliseconds)) }
        var family = MetricFamily("dnsconverge_test_seconds", .histogram, "Test.")
        family.add(histogram, .init("kind", "http"))
        let lines = MetricsText([family]).text.split(separator: "\n").dropFirst(2)
        #expect(
            lines.map(String.init) == [
                #"dnsconverge_test_seconds_bucket{kind="http",le="0.1"} 2"#,
                #"dnsconverge_test_seconds_bucket{kind="http",le="1"} 3"#,
                #"dnsconverge_test_seconds_bucket{kind="http",le="+Inf"} 4"#,
                #"dnsconverge_test_seconds_sum{kind="http"} 2.65"#, #"dnsconverge_test_seconds_count{kind="http"} 4"#,
            ])
    }

    @Test("name counters as OpenMetrics does for who asks for that")
    func openMetrics() {
        var family = MetricFamily("dnsconverge_checks_total", .counter, "Checks.")
        family.add(3)
        #expect(
            MetricsText.Format(accept: "application/openmetrics-text;version=1.0.0,text/plain;q=0.5") == .openMetrics)
        #expect(MetricsText.Format(accept: "text/plain") == .prometheus)
        #expect(
            MetricsText([family], .openMetrics).text == """
                # HELP dnsconverge_checks Checks.
                # TYPE dnsconverge_checks counter
                dnsconverge_checks_total 3
                # EOF

                """)
    }

    @Test("leave out what nobody knows, and never call it 0")
    func absent() async throws {
        var reading = try await Self.reading()
        let known = MetricsText(reading.families).text
        #expect(
            known.contains(
                #"dnsconverge_record_converged_ratio{scheme="cat",name="cat.test",type="A",side="authoritative"} 1"#))
        #expect(!known.contains(#"side="resolver""#), "no resolver was asked")
        #expect(!known.contains("dnsconverge_record_eta_seconds{"))
        reading.schemes = [.init(status: reading.schemes[0].status, reports: [])]
        #expect(!MetricsText(reading.families).text.contains("dnsconverge_record_"))
    }

    @Test("tell states, servers, checks, provider calls and queries")
    func complete() async throws {
        let text = MetricsText(try await Self.reading().families).text
        for line in [
            #"dnsconverge_build_info{version="1.2.3"} 1"#, #"dnsconverge_scheme_status{scheme="cat"} 0"#,
            #"dnsconverge_indicator_state{scheme="cat",server="charlie",state="ok"} 1"#,
            #"dnsconverge_indicator_state{scheme="cat",server="charlie",state="fail"} 0"#,
            #"dnsconverge_server_published{scheme="cat",server="charlie"} 1"#,
            #"dnsconverge_record_answers{scheme="cat",name="cat.test",type="A",side="authoritative",verdict="converged"} 1"#,
            #"dnsconverge_checks_total{kind="http",result="ok"} 1"#,
            #"dnsconverge_provider_changes_total{provider="sandbox",outcome="accepted"} 1"#,
            #"dnsconverge_change_convergence_seconds_count{scheme="cat"} 1"#,
            #"dnsconverge_dns_queries_total{outcome="noerror"} 7"#, "dnsconverge_journal_trouble 0",
        ] { #expect(text.contains(line + "\n"), "\(line)") }
    }

    @Test(
        "promtool finds nothing to complain about", .enabled(if: Self.tool != nil, "prometheus is not installed"))
    func promtool() async throws {
        let text = MetricsText(try await Self.reading().families).text
        let command = Command(
            [try #require(Self.tool), "check", "metrics"], input: Array(text.utf8), timeout: .seconds(30))
        let result = try await command.run()
        #expect(result.ending == .exited(0))
        #expect((result.outputText + result.errorText).isEmpty, "\(result.outputText)\(result.errorText)")
    }

    private static var tool: String? {
        ["/usr/bin/promtool", "/usr/local/bin/promtool"].first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Of an engine that has published charlie, with something of each measure.
    private static func reading() async throws -> MetricReading {
        let bench = try await EngineBench()
        let measures = Measures()
        let desk = MetricsDesk(
            desk: EngineDesk(engine: bench.engine, journal: bench.journal, version: "1.2.3", observesOnly: false),
            measures: measures, budget: QueryBudget(rate: 10), queries: try QueryEngine())
        await measures.count(CheckTurn(kind: "http", health: .ok, duration: .milliseconds(20), lateness: .zero))
        await measures.count(
            ProviderCall(kind: "sandbox", duration: .milliseconds(2), outcomes: [.success(ProviderReply("done"))]))
        await measures.count(
            Convergence(authoritative: .seconds(1), arrivals: ["Quad9": .seconds(9)]), of: EngineBench.name)
        var reading = MetricReading(at: start, started: start)
        try await bench.run {
            #expect(await desk.desk.isAlive())
            #expect(await desk.desk.obstacles().first?.hasPrefix("cat: ") == true)
            await bench.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
            while await bench.watch.nextSpread() != .converged {}
            #expect(await desk.desk.obstacles().isEmpty)
            reading = await desk.reading()
        }
        reading.queries = ["noerror": 7]
        return reading
    }
}
