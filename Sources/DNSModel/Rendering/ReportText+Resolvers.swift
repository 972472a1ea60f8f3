extension ReportText {
    /// One row for each operator; with `-v` followed by its addresses.
    var resolverBlock: [StyledText] {
        guard !report.operators.isEmpty else { return [] }
        var table = TextTable(resolverColumns)
        for line in shownRows(report.operators) {
            table.append(cells(line))
            guard style.verbosity > 0 else { continue }
            for address in addresses(of: line) { table.append(cells(address)) }
        }
        let lines = table.lines(width: style.width - Self.indent, ellipsis: style.ellipsis)
        let collapsed = collapsedLines(report.operators, label: \.name)
        return [heading("Resolvers", resolverProgress)] + indented(lines + collapsed)
    }

    private var resolverProgress: String {
        let operators = report.convergence.operators
        if report.operators.allSatisfy({ $0.verdict == .notAsked }) { return "none of \(operators.total) asked yet" }
        let uncounted = operators.total - operators.counted
        return "\(operators.converged) of \(operators.counted) operators converged"
            + (uncounted > 0 ? ", \(uncounted) not counted" : "")
    }

    private var resolverColumns: [TextTable.Column] {
        [
            TextTable.Column(title: "verdict"),
            // With `-v` addresses stand there, and are what it is for: those that resolvers have are no longer than this.
            TextTable.Column(title: "operator", minimum: style.verbosity > 0 ? 26 : 14),
            TextTable.Column(title: "answer", minimum: 15),
            TextTable.Column(title: "left", isRightAligned: true, rank: 4),
            TextTable.Column(title: "time", isRightAligned: true, rank: 3),
            TextTable.Column(title: "site", minimum: 8, rank: 2),
            TextTable.Column(title: "remark", minimum: 20, rank: 1),
        ]
    }

    private func cells(_ line: PropagationReport.OperatorLine) -> [StyledText] {
        let answer = style.shown(line.answerText())
        return [
            line.verdict.styled(
                style, isPending: line.isPending, isPresumed: line.presumed),
            StyledText(style.shown(line.name) + (line.country.map { " (\(style.shown($0)))" } ?? "")),
            StyledText(answer, line.verdict == .converged ? .plain : line.verdict.tone),
            left(line.secondsLeft, line.ttl, of: line.verdict),
            milliseconds(line.rttMS),
            StyledText(style.shown(line.nsid ?? ""), .quiet),
            note([line.note] + line.ede.map(\.text)),
        ]
    }

    private func addresses(of line: PropagationReport.OperatorLine) -> [PropagationReport.ObservedAnswer] {
        report.observations.filter { $0.side == .resolver && $0.operatorID == line.id }
    }

    private func cells(_ row: PropagationReport.ObservedAnswer) -> [StyledText] {
        let answer = style.shown(row.answerText())
        return [
            StyledText("  ") + row.verdict.styled(style, isPending: row.isPending),
            StyledText("  \(place(of: row))", .quiet),
            StyledText(answer, .quiet),
            left(row.secondsLeft, row.ttl, of: row.verdict),
            milliseconds(row.rttMS),
            StyledText(style.shown(row.nsid ?? ""), .quiet),
            note([row.caches > 1 ? "at least \(row.caches) caches" : nil] + row.ede.map(\.text)),
        ]
    }

    /// Where it was asked. A name, which is the same at all addresses, would not tell them apart.
    private func place(of row: PropagationReport.ObservedAnswer) -> String {
        guard let scheme = ["tls", "https"].first(where: { row.endpoint.hasPrefix($0 + "://") }),
            IPAddress(row.address)?.isUnspecified == false
        else { return row.endpoint }
        return "\(scheme) \(row.address)"
    }

    /// How long a cache keeps what it holds: counted down while that is waited for.
    private func left(_ seconds: Int?, _ ttl: UInt32?, of verdict: Verdict) -> StyledText {
        if let seconds { return StyledText(ShortTime(seconds - age).description, verdict.tone) }
        return StyledText(ttl.map { ShortTime(Int($0)).description } ?? "", .quiet)
    }
}
