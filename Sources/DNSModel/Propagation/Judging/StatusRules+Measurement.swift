extension StatusRules {
    var measurementReasons: [PropagationReport.Reason] {
        if !judgement.hasAnyResponse, !judgement.evidence.walkAnswered {
            let isOver = !(judgement.authoritative + judgement.resolvers).contains(where: \.observation.isPending)
            return isOver ? [.init(.unknown, "nothing answered")] : []
        }
        return [hiddenReason ?? expectationReason, operatorsReason].compactMap { $0 }
    }

    private var hiddenReason: PropagationReport.Reason? {
        guard let reason = judgement.evidence.hiddenReason else { return nil }
        let answered = (judgement.authoritative + judgement.resolvers).filter {
            ![.notAsked, .timeout].contains($0.verdict)
        }
        guard answered.allSatisfy({ $0.verdict == .hidden }) else { return nil }
        return .init(.unknown, "content is hidden: \(reason)")
    }

    private var expectationReason: PropagationReport.Reason? {
        let isOver = !judgement.askedAuthoritative.contains(where: \.observation.isPending)
        guard judgement.side.expected == nil, isOver else { return nil }
        let silence =
            judgement.evidence.options.asksAuthoritative
            ? "no authoritative server said what to expect" : "authoritative servers are not asked what to expect"
        return .init(.unknown, "\(silence), and nothing else does")
    }

    private var operatorsReason: PropagationReport.Reason? {
        guard !judgement.gate.isHeld, !judgement.operators.isEmpty else { return nil }
        let asked = judgement.operators.count(where: \.isAsked)
        guard asked > 0 else { return .init(.unknown, "no resolver could be asked" + commonObstacle) }
        let needed = judgement.evidence.options.minOperators ?? min(5, asked)
        let counted = judgement.countedOperators.count
        let awaited = judgement.operators.count(where: \.isPending)
        guard counted + awaited < needed else { return nil }
        return .init(.unknown, "only \(counted) of \(asked) operators count; \(needed) are needed")
    }

    /// What kept every resolver from being asked, where it is the same for all.
    private var commonObstacle: String {
        let obstacles = Set(judgement.resolvers.map(\.observation.notAsked))
        guard obstacles.count == 1, let obstacle = obstacles.first ?? nil else { return "" }
        return ": \(obstacle)"
    }

    var findingReasons: [PropagationReport.Reason] {
        findings.filter { !Finding.codesOfVerdicts.contains($0.code) }.compactMap { finding in
            switch finding.severity {
            case .note: nil
            case .warning: .init(.warning, "\(finding.subject): \(finding.detail)")
            case .critical: .init(.critical, "\(finding.subject): \(finding.detail)")
            }
        }
    }
}
