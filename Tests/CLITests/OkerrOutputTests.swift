import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@testable import CLI

@Suite("The okerr format holds what okerr's /update takes")
struct OkerrOutputTests {
    private struct Document: Decodable {
        let status: String
        let indicators: [[String: String]]
    }

    private static func document(_ reports: [PropagationReport]) throws -> Document {
        let text = OkerrOutput.document(reports)
        #expect(!text.contains("\n"))
        return try JSONDecoder().decode(Document.self, from: Data(text.utf8))
    }

    @Test(
        "Statuses become those that okerr knows; one that could not be measured is not sent",
        arguments: [
            Case("converged", SampleReport.converged().report, "OK [\"OK\"]"),
            Case("on its way", SampleReport.converging().report, "OK [\"OK\"]"),
            Case("broken", SampleReport.broken().report, "ERR [\"ERR\"]"),
            Case("not measured", SampleReport.converging(resolvers: 5).report, "ERR []"),
        ])
    func status(_ c: Case<PropagationReport, String>) throws {
        let document = try Self.document([c.input])
        #expect("\(document.status) \(document.indicators.map { $0["status"] ?? "" })" == c.output)
    }

    @Test("Its objects have exactly the parameters of an update")
    func parameters() throws {
        let document = try Self.document([SampleReport.converging().report])
        let indicator = try #require(document.indicators.first)
        #expect(Set(indicator.keys) == ["name", "status", "details", "method", "policy", "tags", "desc"])
        #expect(indicator["name"] == "dns:cat.he.okerr.example:A")
        #expect(indicator["method"] == "heartbeat")
        #expect(indicator["details"] == "WARNING: 11/13 operators, 1 timeout, 2 stale (4m13s)")
    }

    @Test("A page with an indicator that is OK beside one that is not cannot be searched for OK")
    func search() {
        let mixed = OkerrOutput.document([
            SampleReport.converged().report, SampleReport.broken().report.of(type: "AAAA"),
        ])
        #expect(!mixed.contains("{\"status\": \"OK\""))
        let good = OkerrOutput.document([SampleReport.converged().report])
        #expect(good.hasPrefix("{\"status\": \"OK\", \"indicators\": [{\"name\": "))
        #expect(!good.contains("Error"))
    }
}
