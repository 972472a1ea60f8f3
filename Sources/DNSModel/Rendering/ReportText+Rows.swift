extension ReportText {
    /// Lists up to this long are shown whole.
    private static let wholeListLimit = 16

    /// The rows that are shown: all of a short list, and of a long one those whose verdict is news.
    func shownRows<Row: VerdictRow>(_ rows: [Row]) -> [Row] {
        guard isCollapsed(rows) else { return rows }
        return rows.filter { $0.verdict != .converged && $0.verdict != .notAsked }
    }

    /// One line for each uneventful state whose rows `shownRows` leaves out.
    func collapsedLines<Row: VerdictRow>(_ rows: [Row], label: (Row) -> String) -> [StyledText] {
        guard isCollapsed(rows) else { return [] }
        let states: [(verdict: Verdict, isPending: Bool)] = [
            (.converged, false), (.notAsked, true), (.notAsked, false),
        ]
        return states.compactMap { verdict, isPending in
            let meant = rows.filter { $0.verdict == verdict && $0.isPending == isPending }
            guard !meant.isEmpty else { return nil }
            let line =
                verdict.styled(style, isPending: isPending) + StyledText("  \(meant.count): ")
                + StyledText(meant.map { style.shown(label($0)) }.joined(separator: ", "), .quiet)
            return line.truncated(to: style.width - Self.indent, ellipsis: style.ellipsis)
        }
    }

    private func isCollapsed<Row: VerdictRow>(_ rows: [Row]) -> Bool {
        guard !style.isCompact else { return true }
        guard style.verbosity == 0 else { return false }
        // A reason that is the same for all is said above them.
        let isOneReason =
            rows.count > 1
            && rows.allSatisfy { $0.notAsked != nil && !$0.isPending && $0.notAsked == rows[0].notAsked }
        return rows.count > Self.wholeListLimit || isOneReason
    }

    func milliseconds(_ rtt: Double?) -> StyledText {
        StyledText(rtt.map { Duration.milliseconds(Int($0.rounded())).text } ?? "", .quiet)
    }

    /// Remarks, joined; blank ones are left out.
    func note(_ parts: [String?]) -> StyledText {
        StyledText(parts.compactMap(\.self).filter { !$0.isEmpty }.map(style.shown).joined(separator: "; "), .quiet)
    }
}

/// A row of one of the tables: that of a server's address or of an operator.
protocol VerdictRow {
    var verdict: Verdict { get }
    var notAsked: String? { get }
}

extension VerdictRow {
    /// Whether its first answer is still awaited.
    var isPending: Bool { notAsked == PropagationReport.awaited }
}

extension PropagationReport.ObservedAnswer: VerdictRow {}
extension PropagationReport.OperatorLine: VerdictRow {}
