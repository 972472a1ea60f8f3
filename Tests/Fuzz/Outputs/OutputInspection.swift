import DNSModel
import FoundationEssentials

/// Writes a report in every form that is printed, and looks whether each keeps its promises whatever servers said.
struct OutputInspection {
    let reports: [PropagationReport]
    let options: GatheredEvidence.Options

    func run(using dice: inout Dice) throws(FuzzFailure) {
        for report in reports {
            try require((0...3).contains(report.exitCode), "exit codes are 0 to 3")
            try inspectText(report, using: &dice)
        }
        try inspectPlugin(using: &dice)
        try inspectOkerr()
        if dice.oneIn(4) { try inspectJSON() }
    }

    // MARK: - JSON

    /// The document can be read again, and says the same then.
    private func inspectJSON() throws(FuzzFailure) {
        do {
            let encoder = PropagationReport.encoder(pretty: false)
            let document = try encoder.encode(PropagationReports(reports))
            let again = try PropagationReport.decoder().decode(PropagationReports.self, from: document)
            try require(try encoder.encode(again) == document, "JSON that is read and written again stays the same")
        } catch {
            throw FuzzFailure("it does not hold that JSON can be written and read: \(error)")
        }
    }

    private func inspectOkerr() throws(FuzzFailure) {
        let document = OkerrOutput.document(reports)
        try require(!document.contains { $0.isNewline }, "okerr's document is one line")
        try require(document.hasPrefix(#"{"status": ""#), "okerr's document begins with the status")
        do throws(JSONSyntaxError) {
            _ = try JSONNode(parsing: document.utf8)
        } catch {
            throw FuzzFailure("it does not hold that okerr's document is JSON: \(error.reason)")
        }
        for indicator in OkerrOutput.indicators(reports) {
            try require(indicator.details.count <= 200 && indicator.name.count <= 200, "okerr's limits are kept")
        }
    }
}
