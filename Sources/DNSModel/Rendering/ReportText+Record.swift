extension ReportText {
    /// The record and its delegation.
    var recordBlock: [StyledText] {
        let facts = zoneFacts + expectationFacts + chainFacts + gateFacts
        guard !facts.isEmpty else { return [] }
        let lines = facts.flatMap { entry(StyledText($0.label, .quiet), $0.text) }
        return [heading("Record and delegation", "")] + lines
    }

    private typealias Fact = (label: String, text: String)

    private var zoneFacts: [Fact] {
        let zones = [report.zone].compactMap(\.self) + report.targetZones
        return zones.map { ("zone", zoneText($0)) }
    }

    private func zoneText(_ zone: PropagationReport.ZoneSummary) -> String {
        var parts = [style.shown(zone.apex)]
        if let parent = zone.parent { parts[0] += ", delegated by \(parent == "." ? "the root" : style.shown(parent))" }
        let addresses = zone.nameservers.reduce(0) { $0 + $1.addresses.count }
        parts.append("\(count(zone.nameservers.count, "server")) at \(count(addresses, "address", "addresses"))")
        if zone.source == .systemResolver { parts.append("found through the machine's resolver, not by our own walk") }
        if zone.source == .given { parts.append("servers given by hand") }
        return parts.joined(separator: "; ") + serialText(zone)
    }

    private func serialText(_ zone: PropagationReport.ZoneSummary) -> String {
        let serials = Dictionary(grouping: zone.serials.values) { $0 }.sorted { $0.key > $1.key }
        switch serials.count {
        case 0: return ""
        case 1: return "; serial \(serials[0].key)"
        default:
            let counted = serials.map { "\($0.key) at \($0.value.count)" }.joined(separator: ", ")
            return "; serials \(counted)"
        }
    }

    private var expectationFacts: [Fact] {
        var facts: [Fact] = []
        if let expected = report.expected { facts.append(("expected", expectedText(expected))) }
        for previous in report.previous {
            facts.append(("previous", previous.isEmpty ? "no record" : valuesText(previous)))
        }
        return facts
    }

    private func expectedText(_ expected: PropagationReport.Expected) -> String {
        let values = expected.absent ? "no such record" : valuesText(expected.values)
        let match =
            switch expected.match {
            case .exact: ""
            case .subset: ", or some of these"
            case .any: ", at least one of these"
            }
        let source =
            switch expected.source {
            case .flag: "as given"
            case .scheme: "the scheme's selected server"
            case .authoritative: "as the authoritative servers agree"
            }
        return "\(values)\(match)  (\(source))"
    }

    private var chainFacts: [Fact] {
        report.chain.map { link in
            let link = (style.shown(link.owner), link.type, style.shown(link.target), link.ttl)
            return ("alias", "\(link.0) \(link.1) \(link.2)  (TTL \(link.3))")
        }
    }

    private var gateFacts: [Fact] {
        guard report.gate.state == .lifted, let reason = report.gate.reason else { return [] }
        return [("gate", "resolvers were asked anyway: \(style.shown(reason))")]
    }

    func valuesText(_ values: [String]) -> String { values.map(style.shown).joined(separator: ", ") }

    func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
        "\(number) \(number == 1 ? singular : plural ?? singular + "s")"
    }
}
