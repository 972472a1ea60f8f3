extension ReportText {
    /// Lists up to this long are shown whole.
    private static let wholeListLimit = 16

    /// The rows that are shown: all of a short list, and of a long one those whose verdict is news.
    func shownRows<Row>(_ rows: [Row], verdict: (Row) -> Verdict) -> [Row] {
        guard isCollapsed(rows.count) else { return rows }
        return rows.filter { !Self.isUneventful(verdict($0)) }
    }

    /// One line for each uneventful verdict whose rows `shownRows` leaves out.
    func collapsedLines<Row>(
        _ rows: [Row], verdict: (Row) -> Verdict, label: (Row) -> String
    ) -> [StyledText] {
        guard isCollapsed(rows.count) else { return [] }
        return [Verdict.converged, .notAsked].compactMap { collapsed in
            let labels = rows.filter { verdict($0) == collapsed }.map { style.shown(label($0)) }
            guard !labels.isEmpty else { return nil }
            let line =
                collapsed.styled(style) + StyledText("  \(labels.count): ")
                + StyledText(labels.joined(separator: ", "), .quiet)
            return line.truncated(to: style.width - Self.indent, ellipsis: style.ellipsis)
        }
    }

    private func isCollapsed(_ count: Int) -> Bool {
        style.isCompact || style.verbosity == 0 && count > Self.wholeListLimit
    }

    private static func isUneventful(_ verdict: Verdict) -> Bool { verdict == .converged || verdict == .notAsked }

    func milliseconds(_ rtt: Double?) -> StyledText {
        StyledText(rtt.map { Duration.milliseconds(Int($0.rounded())).text } ?? "", .quiet)
    }

    /// Remarks, joined; blank ones are left out.
    func note(_ parts: [String?]) -> StyledText {
        StyledText(parts.compactMap(\.self).filter { !$0.isEmpty }.map(style.shown).joined(separator: "; "), .quiet)
    }
}
