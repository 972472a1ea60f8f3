import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@Suite("The report as JSON")
struct PropagationReportTests {
    static var report: PropagationReport {
        var stale = Observation.resolver("quad9", [Sample(.old(ttl: 252), ede: [3])])
        stale.identity = ServerIdentity(nsid: "res100.vie.rrdns.pch.net")
        return PropagationReport(
            of: .of(
                [.authoritative("ns1", .new, serial: 7), .authoritative("ns2", .silence())],
                resolvers: operators(5, .new) + [stale, .resolver("dead", .silence())], after: 1.25
            ) {
                $0.zones = [FindingTests.zone()]
                $0.previous = [PreviousRRset(given: [.address(address("192.0.2.1"))])]
            })
    }

    @Test("comes back as it was")
    func roundTrip() throws {
        let report = Self.report
        let text = try PropagationReport.encoder().encode(report)
        #expect(try PropagationReport.decoder().decode(PropagationReport.self, from: text) == report)
    }

    @Test("has the documented keys and words")
    func keys() throws {
        let text = String(decoding: try PropagationReport.encoder(pretty: false).encode(Self.report), as: UTF8.self)
        for part in [
            #""schema":"dnsconverge.report/1""#, #""name":"cat.example""#, #""type":"A""#,
            #""started":"2027-01-15T08:00:00.000Z""#, #""elapsed_ms":1250"#, #""status":"WARNING""#, #""exit_code":1"#,
            #""expected":{"absent":false,"match":"exact","source":"authoritative","values":["192.0.2.2"]}"#,
            #""previous":[["192.0.2.1"]]"#, #""authoritative":{"converged":1,"total":2}"#,
            #""operators":{"converged":5,"counted":6,"percent":83.3,"total":7}"#, #""eta_seconds":252"#,
            #""eta_by":"2027-01-15T08:04:13.000Z""#, #""eta_bound":"at least""#,
            #""eta_reason":"Quad9 still has 192.0.2.1 for 251 s; assuming ns2 (silent) agrees""#,
            #""apex":"example""#, #""parent":".""#, #""serials":{"192.0.2.51":7}"#, #""side":"authoritative""#,
            #""side":"resolver""#, #""operator":"quad9""#, #""operator_name":"Quad9""#, #""country":"CH""#,
            #""address":"198.51.100.1""#, #""transport":"udp""#, #""verdict":"stale""#, #""counted":true"#,
            #""rcode":"NOERROR""#, #""flags":["qr","aa"]"#, #""ttl":252"#, #""seconds_left":251"#, #""rtt_ms":20"#,
            #""nsid":"res100.vie.rrdns.pch.net""#, #""ede":[{"code":3,"text":"3 Stale Answer"}]"#, #""serial":7"#,
            #""error":"no answer""#, #""counts":{"converged":5,"stale":1,"timeout":1}"#, #""gate":{"state":"open"}"#,
            #""code":"silent-server""#, #""severity":"warning""#, #""vantage":"local""#,
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test("leaves out what there is not")
    func absent() throws {
        let report = PropagationReport(of: .of([.authoritative("ns1", .new)]))
        let text = String(decoding: try PropagationReport.encoder(pretty: false).encode(report), as: UTF8.self)
        for key in ["eta_seconds", "eta_by", "eta_bound", "zone", "error", "nsid", "percent", "null"] {
            #expect(!text.contains("\"\(key)\"") && !text.contains(":null"), "\(key)")
        }
    }

    @Test("of several types has the worst status")
    func several() throws {
        let good = PropagationReport(of: .of(resolvers: operators(6, .new)))
        let reports = PropagationReports([good, Self.report])
        #expect(reports.status == .warning && reports.exitCode == 1)
        #expect(PropagationReports([]).status == .unknown)
        let text = try PropagationReport.encoder().encode(reports)
        #expect(try PropagationReport.decoder().decode(PropagationReports.self, from: text) == reports)
        #expect(String(decoding: text, as: UTF8.self).contains("dnsconverge.reports/1"))
    }

    @Test("counts no negative time when the clock is set back meanwhile")
    func clockSetBack() {
        let report = PropagationReport(of: .of(resolvers: operators(6, .new), after: -0.25))
        #expect(report.elapsedMS == 0)
        #expect(NagiosOutput([report], options: GatheredEvidence.Options()).text.contains("time=0.000s"))
    }

    @Test(
        "counts times down in words that fit a line",
        arguments: [
            (0, "0s"), (45, "45s"), (60, "1m00s"), (252, "4m12s"), (3599, "59m59s"), (7500, "2h05m"),
            (273_600, "3d04h"), (-5, "0s"),
        ])
    func shortTimes(seconds: Int, text: String) {
        #expect(ShortTime(seconds).description == text)
    }
}
