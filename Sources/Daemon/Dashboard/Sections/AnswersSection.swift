import DNSModel
import FoundationEssentials

/// What every authoritative address and every operator says, for each question.
struct AnswersSection {
    private let view: SchemeView

    init(_ view: SchemeView) {
        self.view = view
    }

    var html: HTML {
        guard !view.reports.isEmpty else { return "<div id=\"answers\"></div>\n" }
        let questions = view.reports.enumerated().map { index, report in
            QuestionAnswers(report, number: index + 1, view).html
        }
        return "<div id=\"answers\">\n\(questions)</div>\n"
    }
}

/// The answers to one question.
private struct QuestionAnswers {
    let report: PropagationReport
    let number: Int
    let view: SchemeView

    init(_ report: PropagationReport, number: Int, _ view: SchemeView) {
        self.report = report
        self.number = number
        self.view = view
    }

    var html: HTML {
        let title: HTML = "<code>\(report.name)</code> \(report.type)"
        return """
            <section id="answers-\(number)" class="card" aria-labelledby="answers-\(number)-title">
            <h2 id="answers-\(number)-title">\(title) \(expected)</h2>
            \(chain)\(authoritative)\(resolvers)\(findings)</section>

            """
    }

    private var expected: HTML {
        guard let expected = report.expected else { return .empty }
        let values: HTML = expected.absent ? "no such record" : RecordSection.codes(expected.values)
        let previous = report.previous.map { $0.isEmpty ? "no record" : $0.joined(separator: " ") }
        let before: HTML = previous.isEmpty ? .empty : ", before: \(previous.joined(separator: "; "))"
        return "<small>expected \(values)\(before)</small>"
    }

    private var chain: HTML {
        guard !report.chain.isEmpty else { return .empty }
        let links = report.chain.map { link -> HTML in
            "<code>\(link.owner)</code> \(link.type) <code>\(link.target)</code> (TTL \(link.ttl))"
        }
        return "<p class=\"dim\">\(links.joined(separator: ", "))</p>\n"
    }

    private static let remarks = DataTable.Column("Remarks", "wide", isLabelled: false)
    private static let shared = [
        DataTable.Column("Verdict", isLabelled: false), .init("Answer", isLabelled: false), .init("TTL", "number"),
        .init("RTT", "number"),
    ]

    private var authoritative: HTML {
        let rows = report.observations.filter { $0.side == .authoritative }
        guard !rows.isEmpty else { return .empty }
        var table = DataTable(
            "Authoritative servers on \(report.name) \(report.type)", style: "answers",
            [.init("Authoritative server")] + Self.shared + [.init("Serial", "number"), .init("Site"), Self.remarks])
        for row in rows { table.append(cells(row)) }
        return table.html
    }

    private func cells(_ row: PropagationReport.ObservedAnswer) -> [HTML] {
        let isAwaited = row.notAsked == PropagationReport.awaited
        let place = row.port == 53 ? row.address : row.endpoint
        let remarks = [row.question, row.transport == "udp" ? nil : "over \(row.transport)"] + row.ede.map(\.text)
        return [
            "<strong>\(row.label)</strong> \(row.label == place ? .empty : "<code class=\"dim\">\(place)</code>")",
            Mark(row.verdict, isAwaited: isAwaited).html, answer(row.answerText(arrow: "→"), row.verdict),
            row.ttl.map { "\(ShortTime(Int($0)).description)" } ?? .empty, time(row.rttMS),
            row.serial.map { "\($0)" } ?? .empty, site(row.nsid), self.remarks(remarks),
        ]
    }

    private var resolvers: HTML {
        guard !report.operators.isEmpty else { return .empty }
        var table = DataTable(
            "Resolver operators on \(report.name) \(report.type)", style: "answers",
            [.init("Operator")] + Self.shared + [.init("Site"), Self.remarks])
        for row in report.operators { table.append(cells(row)) }
        return table.html
    }

    private func cells(_ row: PropagationReport.OperatorLine) -> [HTML] {
        let isAwaited = row.notAsked == PropagationReport.awaited
        let country: HTML = row.country.map { " <small>\($0)</small>" } ?? .empty
        return [
            "<strong>\(row.name)</strong>\(country)",
            Mark(row.verdict, isAwaited: isAwaited, isPresumed: row.presumed).html,
            answer(row.answerText(), row.verdict), left(row), time(row.rttMS), site(row.nsid),
            remarks([row.note] + row.ede.map(\.text)),
        ]
    }

    private func answer(_ text: String, _ verdict: Verdict) -> HTML {
        text.isEmpty ? .empty : "<code class=\"\(Mark(verdict).tone.rawValue)\">\(text)</code>"
    }

    /// How long the cache still keeps what it has, counting down from when it said so.
    private func left(_ row: PropagationReport.OperatorLine) -> HTML {
        if let seconds = row.secondsLeft {
            let end = report.reportedAt.addingTimeInterval(Double(seconds))
            return "<strong>\(view.times.countdown(to: end, from: report.reportedAt))</strong>"
        }
        guard let ttl = row.ttl else { return .empty }
        let received = report.observations.first { $0.side == .resolver && $0.operatorID == row.id }?.samples.last
        let end = (received?.received ?? report.reportedAt).addingTimeInterval(Double(ttl))
        return view.times.countdown(to: end, from: report.reportedAt)
    }

    private func time(_ rtt: Double?) -> HTML {
        rtt.map { "\(Duration.milliseconds(Int($0.rounded())).text)" } ?? .empty
    }

    private func site(_ nsid: String?) -> HTML { nsid.map { "<small>\($0)</small>" } ?? .empty }

    private func remarks(_ parts: [String?]) -> HTML {
        let parts = parts.compactMap(\.self).filter { !$0.isEmpty }
        return parts.isEmpty ? .empty : "<small>\(parts.joined(separator: "; "))</small>"
    }

    private var findings: HTML {
        guard !report.findings.isEmpty else { return .empty }
        let items = report.findings.map { finding -> HTML in
            let advice: HTML = finding.advice.isEmpty ? .empty : " <span class=\"dim\">\(finding.advice)</span>"
            return "<li>\(finding.mark.html) <strong>\(finding.subject)</strong>: \(finding.detail)\(advice)</li>\n"
        }
        return "<ul class=\"reasons\" aria-label=\"Findings\">\n\(items)</ul>\n"
    }
}

extension Finding {
    fileprivate var mark: Mark {
        switch severity {
        case .note: Mark(.dot, .dim, severity.rawValue)
        case .warning: Mark(.triangle, .warn, severity.rawValue)
        case .critical: Mark(.cross, .bad, severity.rawValue)
        }
    }
}
