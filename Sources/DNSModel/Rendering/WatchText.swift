import FoundationEssentials

/// What `watch` shows of the reports on a screen: each as `check` would, and what has changed since it began.
package struct WatchText {
    private let reports: [PropagationReport]
    private let changes: [ReportChange]
    private let style: ReportStyle

    /// Takes changes oldest first.
    package init(_ reports: [PropagationReport], changes: [ReportChange], style: ReportStyle) {
        self.reports = reports
        self.changes = changes
        self.style = style
    }

    private static let shownChanges = 5

    /// Lines that fill at most `rows` rows: all of each report where there is room, else what is news in it. When even
    /// that is too much, the end goes missing, and the last line says so.
    package func lines(rows: Int) -> [String] {
        let news = changeLines(limit: min(Self.shownChanges, max(0, rows / 4)))
        let room = max(1, rows - news.count)
        var shown = body(style)
        if shown.count > room {
            var compact = style
            compact.isCompact = true
            shown = body(compact)
        }
        if shown.count > room {
            let missing = shown.count - room + 1
            shown = shown.prefix(room - 1) + [StyledText("\(style.ellipsis) \(missing) more lines", .quiet)]
        }
        return (shown + news).map { $0.rendered(colour: style.colour) }
    }

    private func body(_ style: ReportStyle) -> [StyledText] {
        Array(reports.map { ReportText($0, style: style).styledLines }.joined(separator: [StyledText()]))
    }

    private func changeLines(limit: Int) -> [StyledText] {
        guard let now = style.now, limit > 0, !changes.isEmpty else { return [] }
        let lines = changes.suffix(limit).map { change in
            (StyledText("  ") + change.line(style, reference: now))
                .truncated(to: style.width, ellipsis: style.ellipsis)
        }
        return [StyledText(), StyledText("Changes", .strong)] + lines
    }
}
