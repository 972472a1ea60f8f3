extension ReportText {
    /// What should be known, and what to do about it. Notes are left to `-v`.
    var findingLines: [StyledText] {
        let shown = report.findings.filter { $0.severity != .note || style.verbosity > 0 }
        let hidden = report.findings.count - shown.count
        guard !report.findings.isEmpty else { return [] }
        let more = hidden > 0 ? "\(count(hidden, "note")) with -v" : ""
        guard !shown.isEmpty else { return [heading("Findings", more)] }
        let entries = shown.indices.flatMap { index in
            // What to do about several in a row is said after the last.
            let isLast = index == shown.count - 1 || shown[index + 1].advice != shown[index].advice
            return lines(shown[index], withAdvice: isLast)
        }
        return [heading("Findings", "")] + entries + (hidden > 0 ? [StyledText("  " + more, .quiet)] : [])
    }

    private func lines(_ finding: Finding, withAdvice: Bool) -> [StyledText] {
        let word = StyledText(finding.severity.rawValue, finding.severity.tone)
        let subject = finding.subject.isEmpty ? "" : style.shown(finding.subject) + ": "
        let text = entry(word, subject + style.shown(finding.detail) + "  (\(finding.code))")
        guard withAdvice, !finding.advice.isEmpty else { return text }
        return text + entry(StyledText(), "\(style.arrow) \(style.shown(finding.advice))")
    }
}

extension Finding.Severity {
    fileprivate var tone: StyledText.Tone {
        switch self {
        case .note: .quiet
        case .warning: .warning
        case .critical: .bad
        }
    }
}
