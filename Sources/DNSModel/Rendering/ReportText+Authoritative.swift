extension ReportText {
    /// One row for each address of each server.
    var authoritativeBlock: [StyledText] {
        let rows = report.observations.filter { $0.side == .authoritative }
        guard !rows.isEmpty else { return [] }
        let progress = report.convergence.authoritative
        var table = TextTable(Self.authoritativeColumns)
        for row in shownRows(rows) { table.append(cells(row)) }
        let lines = table.lines(width: style.width - Self.indent, ellipsis: style.ellipsis)
        let collapsed = collapsedLines(rows) { "\($0.label) \($0.address)" }
        return [heading("Authoritative servers", "\(progress.converged) of \(progress.total) addresses converged")]
            + indented(lines + collapsed)
    }

    private static let authoritativeColumns = [
        TextTable.Column(title: "verdict"),
        TextTable.Column(title: "server", minimum: 14),
        TextTable.Column(title: "address", minimum: 15),
        TextTable.Column(title: "answer", minimum: 15),
        TextTable.Column(title: "TTL", isRightAligned: true, rank: 4),
        TextTable.Column(title: "serial", isRightAligned: true, rank: 2),
        TextTable.Column(title: "time", isRightAligned: true, rank: 3),
        TextTable.Column(title: "remark", minimum: 20, rank: 1),
    ]

    private func cells(_ row: PropagationReport.ObservedAnswer) -> [StyledText] {
        let answer = style.shown(row.answerText(arrow: style.arrow))
        return [
            row.verdict.styled(style, isPending: row.isPending),
            StyledText(style.shown(row.isGiven ? "--nameserver" : row.label)),
            StyledText(row.port == 53 ? row.address : row.endpoint, .quiet),
            StyledText(answer, row.verdict == .converged ? .plain : row.verdict.tone),
            StyledText(row.ttl.map { "\($0)" } ?? "", .quiet),
            StyledText(row.serial.map { "\($0)" } ?? "", .quiet),
            milliseconds(row.rttMS),
            note([row.question, row.transport == "udp" ? nil : "over \(row.transport)"] + row.ede.map(\.text)),
        ]
    }
}

extension PropagationReport.ObservedAnswer {
    /// Whether it is asked because the user named it, by address alone.
    fileprivate var isGiven: Bool { label == endpoint }
}
