/// The rules that make a judgement OK, WARNING, CRITICAL or UNKNOWN, each with its reason in words.
package struct StatusRules: Sendable {
    let judgement: Judgement
    let findings: [Finding]
    let names: ServerNames

    package init(_ judgement: Judgement, findings: [Finding]) {
        self.judgement = judgement
        self.findings = findings
        names = ServerNames(judgement.authoritative.map(\.server))
    }

    /// Every rule that fired, worst first. None means OK.
    package var reasons: [PropagationReport.Reason] {
        let found = authoritativeReasons + resolverReasons + transientReasons + measurementReasons + findingReasons
        let worst = found.map(\.status).max() ?? .ok
        var all = found
        // What could not be measured stays so when the time is over.
        if judgement.evidence.memory.isDeadlineOver, worst != .unknown {
            all.append(.init(.critical, "the deadline is over"))
        }
        return Status.allCases.sorted(by: >).flatMap { status in all.filter { $0.status == status } }
    }

    package var status: Status { reasons.first?.status ?? .ok }
}
