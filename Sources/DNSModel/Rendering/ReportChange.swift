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
    /// when there was no report before.
    package static func changes(from old: PropagationReport?, to new: PropagationReport) -> [ReportChange] {
        let time = new.started.addingTimeInterval(Double(new.elapsedMS) / 1000)
        return serverChanges(old, new, time) + operatorChanges(old, new, time) + statusChanges(old, new, time)
    }

    private static func serverChanges(
        _ old: PropagationReport?, _ new: PropagationReport, _ time: Date
    ) -> [ReportChange] {
        let before = old.map { Dictionary($0.observations.map { (Place($0), $0) }) { first, _ in first } } ?? [:]
        return new.observations.filter { $0.side == .authoritative }.compactMap { row in
            let state = State(row.verdict, row.values, row.notAsked ?? row.error ?? row.rcode)
            let former = before[Place(row)].map { State($0.verdict, $0.values, $0.notAsked ?? $0.error ?? $0.rcode) }
            return change(
                of: row.label == row.endpoint ? row.label : "\(row.label) \(row.address)", from: former, to: state, time
            )
        }
    }

    private static func operatorChanges(
        _ old: PropagationReport?, _ new: PropagationReport, _ time: Date
    ) -> [ReportChange] {
        let before = old.map { Dictionary($0.operators.map { ($0.id, $0) }) { first, _ in first } } ?? [:]
        return new.operators.compactMap { row in
            let state = State(row.verdict, row.values, row.notAsked ?? row.error ?? row.rcode)
            let former = before[row.id].map { State($0.verdict, $0.values, $0.notAsked ?? $0.error ?? $0.rcode) }
            return change(of: row.name, from: former, to: state, time)
        }
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

    private static func change(
        of subject: String, from old: State?, to new: State, _ time: Date
    ) -> ReportChange? {
        guard new != old, new.verdict != .notAsked else { return nil }
        let former = old.flatMap { $0.verdict == .notAsked ? nil : "\($0.verdict.word) to " } ?? ""
        let answer = new.answer.isEmpty ? "" : ": \(new.answer)"
        return ReportChange(
            time: time, subject: subject, text: "\(former)\(new.verdict.word)\(answer)", verdict: new.verdict,
            status: nil)
    }

    /// Which row of a report a server address is.
    private struct Place: Hashable {
        let side: ObservedServer.Side
        let endpoint: String
        let label: String
        let question: String?

        init(_ row: PropagationReport.ObservedAnswer) {
            side = row.side
            endpoint = row.endpoint
            label = row.label
            question = row.question
        }
    }

    /// What counts as news about a row; its times do not.
    private struct State: Equatable {
        let verdict: Verdict
        let answer: String

        init(_ verdict: Verdict, _ values: [String], _ problem: String?) {
            self.verdict = verdict
            answer = values.isEmpty ? problem ?? "" : values.joined(separator: ", ")
        }
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
