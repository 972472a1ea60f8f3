import FoundationEssentials

/// What became different from one report to the next, in a line.
package struct ReportChange: Hashable, Sendable {
    package let time: Date
    /// What changed: `ns2.example.net 192.0.2.53`, `Quad9`, or the report as a whole.
    package let subject: String
    package let text: String
    /// What it is now.
    package let verdict: Verdict?
    package let status: Status?

    private init(time: Date, subject: String, text: String, verdict: Verdict?, status: Status?) {
        self.time = time
        self.subject = subject
        self.text = text
        self.verdict = verdict
        self.status = status
    }

    /// The differences between two reports on one question, the servers' before that of the whole; every answer is one
    /// when there was no report before. With `namesType` a server's change says of which type of record.
    package static func changes(
        from old: PropagationReport?, to new: PropagationReport, namesType: Bool = false
    ) -> [ReportChange] {
        let time = new.started.addingTimeInterval(Double(new.elapsedMS) / 1000)
        let prefix = namesType ? "\(new.type) " : ""
        let changes = serverStates(new).compactMap { place, subject, state in
            change(of: prefix + subject, from: old.flatMap { self.state(of: place, in: $0) }, to: state, time)
        }
        return changes + statusChanges(old, new, time)
    }

    /// Each authoritative address and each operator: which it is, what it is called, and its state.
    private static func serverStates(_ report: PropagationReport) -> [(Place, String, State)] {
        let servers = report.observations.filter { $0.side == .authoritative }.map { row in
            let subject = row.label == row.endpoint ? row.label : "\(row.label) \(row.address)"
            return (Place(row), subject, State(verdict: row.verdict, answer: row.answerText()))
        }
        let operators = report.operators.map { row in
            (Place.operator(row.id), row.name, State(verdict: row.verdict, answer: row.answerText()))
        }
        return servers + operators
    }

    private static func state(of place: Place, in report: PropagationReport) -> State? {
        serverStates(report).first { $0.0 == place }?.2
    }

    private static func statusChanges(
        _ old: PropagationReport?, _ new: PropagationReport, _ time: Date
    ) -> [ReportChange] {
        // While answers still come in, the status says more about the wait than about the record.
        guard new.pending == 0, old.map({ $0.pending > 0 || $0.status != new.status }) ?? true else { return [] }
        return [ReportChange(stateOf: new, at: time)]
    }

    /// What the report as a whole says.
    package init(stateOf report: PropagationReport, at time: Date) {
        let eta = report.convergence.etaReason.map { "; \($0)" } ?? ""
        self.init(
            time: time, subject: "\(report.name) \(report.type)",
            text: "\(report.status.rawValue): \(report.summary)\(eta)", verdict: nil, status: report.status)
    }

    private static func change(of subject: String, from old: State?, to new: State, _ time: Date) -> ReportChange? {
        guard new != old, new.verdict != .notAsked else { return nil }
        let word =
            switch old?.verdict {
            case nil, .notAsked: new.verdict.word
            case new.verdict: "\(new.verdict.word), now"
            case let former?: "\(former.word) to \(new.verdict.word)"
            }
        let answer = new.answer.isEmpty ? "" : ": \(new.answer)"
        return ReportChange(time: time, subject: subject, text: word + answer, verdict: new.verdict, status: nil)
    }

    /// Which row of a report a state belongs to.
    private enum Place: Equatable {
        case server(endpoint: String, label: String, question: String?)
        case `operator`(String)

        init(_ row: PropagationReport.ObservedAnswer) {
            self = .server(endpoint: row.endpoint, label: row.label, question: row.question)
        }
    }

    /// What counts as news about a row; its times do not.
    private struct State: Equatable {
        let verdict: Verdict
        let answer: String
    }
}

extension ReportChange {
    /// The change behind the time of day, as a log has it.
    package func line(_ style: ReportStyle, reference: Date) -> StyledText {
        let tone = verdict?.tone ?? status?.tone ?? .plain
        return StyledText(style.clock(time, reference: reference) + "  ", .quiet)
            + StyledText(style.shown(subject) + "  ", .strong) + StyledText(style.shown(text), tone)
    }
}
