/// What okerr is told: an indicator for each report that could be measured. OK and WARNING are OK to it, CRITICAL is ERR,
/// and UNKNOWN is not sent, so that an indicator which cannot be measured for long goes overdue there.
package enum OkerrOutput {
    package static func indicators(_ reports: [PropagationReport]) -> [OkerrIndicator] {
        reports.compactMap { report in
            guard report.status != .unknown else { return nil }
            return OkerrIndicator(
                name: "dns:\(report.name):\(report.type)", isOK: report.status < .unknown,
                details: "\(report.status.rawValue): \(report.summary)",
                description: "Propagation of \(report.name) \(report.type)")
        }
    }

    /// One line of JSON. Its first key is the status of all, so that a page which serves it can be searched for
    /// `{"status": "OK"`; the objects' keys are the parameters of okerr's /update.
    package static func document(_ reports: [PropagationReport]) -> String {
        let isOK = !reports.isEmpty && reports.allSatisfy { $0.status < .unknown }
        return JSONText.object([("status", .string(isOK ? "OK" : "ERR")), ("indicators", .list(objects(reports)))]).text
    }

    /// The document for a check that could not be made.
    package static func failureLine(_ message: String) -> String {
        JSONText.object([("status", .string("ERR")), ("error", .string(message)), ("indicators", .list([]))]).text
    }

    private static func objects(_ reports: [PropagationReport]) -> [JSONText] {
        indicators(reports).map { indicator in .object(indicator.parameters.map { ($0.key, .string($0.value)) }) }
    }
}
