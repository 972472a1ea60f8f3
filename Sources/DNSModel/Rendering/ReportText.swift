import FoundationEssentials

/// A report as people read it: the headline with the verdict first, then the record, the authoritative servers, the
/// resolvers and what was found. A pure function of the report, the style and the time.
package struct ReportText {
    let report: PropagationReport
    let style: ReportStyle

    package init(_ report: PropagationReport, style: ReportStyle) {
        self.report = report
        self.style = style
    }

    package var lines: [String] {
        styledLines.map { $0.rendered(colour: style.colour) }
    }

    var styledLines: [StyledText] {
        let blocks = [
            headlineBlock, reasonLines, style.isCompact ? [] : recordBlock, authoritativeBlock, resolverBlock,
            findingLines,
        ]
        // Tables cannot be narrower than their columns' least widths; a terminal that is gets as much as it shows.
        return blocks.filter { !$0.isEmpty }.joined(separator: [StyledText()]).map {
            $0.truncated(to: style.width, ellipsis: style.ellipsis)
        }
    }

    /// When the report was made.
    var reportTime: Date { report.started.addingTimeInterval(Double(report.elapsedMS) / 1000) }

    var now: Date { style.now ?? reportTime }

    /// How many seconds that the report counts from its own time have passed since.
    var age: Int { max(0, Int(now.timeIntervalSince(reportTime).rounded(.down))) }

    /// A heading at the left, and how far its rows are at the right of it.
    func heading(_ title: String, _ progress: String) -> StyledText {
        let gap = progress.isEmpty ? "" : "  "
        return StyledText(title, .strong) + StyledText(gap + progress, .plain)
    }

    func indented(_ lines: [StyledText]) -> [StyledText] { lines.map { StyledText("  ") + $0 } }

    static let indent = 2
}
