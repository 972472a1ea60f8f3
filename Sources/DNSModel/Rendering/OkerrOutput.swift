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

/// A named status as okerr's /update takes it.
package struct OkerrIndicator: Hashable, Sendable {
    package let name: String
    package let status: String
    package let details: String
    /// What okerr makes of a name that it has not met: expects to hear of it again.
    package var method = "heartbeat"
    package var policy = "Default"
    package var tags = ["dnsconverge"]
    package let description: String

    /// Names and details are made to fit okerr's rules.
    package init(name: String, isOK: Bool, details: String, description: String) {
        self.name = Self.allowed(name)
        status = isOK ? "OK" : "ERR"
        self.details = Self.clipped(PrintableText(details, asciiOnly: true).text)
        self.description = PrintableText(description, asciiOnly: true).text
    }

    /// In the order in which okerr's own client sends them.
    package var parameters: [(key: String, value: String)] {
        [
            ("name", name), ("status", status), ("details", details), ("method", method), ("policy", policy),
            ("tags", tags.joined(separator: ",")), ("desc", description),
        ]
    }

    private static let longest = 200

    private static func clipped(_ text: String) -> String {
        text.utf8.count > longest ? text.prefix(longest - 2) + ".." : text
    }

    /// At most 200 characters, none of those that okerr refuses; the kept end of a long name tells it from others.
    private static func allowed(_ name: String) -> String {
        let kept = name.map { "<>%\\@/ ".contains($0) || !$0.isASCII ? "_" : $0 }
        guard kept.count > longest else { return String(kept) }
        return String(kept.prefix(longest - 62)) + ".." + String(kept.suffix(60))
    }
}
