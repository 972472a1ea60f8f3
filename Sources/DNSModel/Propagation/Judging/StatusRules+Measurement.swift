extension StatusRules {
    var measurementReasons: [PropagationReport.Reason] {
        if !judgement.hasAnyResponse, !judgement.evidence.walkAnswered { return [.init(.unknown, "nothing answered")] }
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
        guard judgement.side.expected == nil else { return nil }
        return .init(.unknown, "no authoritative server said what to expect, and nothing else does")
    }

    private var operatorsReason: PropagationReport.Reason? {
        guard !judgement.gate.isHeld, !judgement.operators.isEmpty else { return nil }
        let asked = judgement.operators.count(where: \.isAsked)
        guard asked > 0 else { return .init(.unknown, "no resolver could be asked") }
        let needed = judgement.evidence.options.minOperators ?? min(5, asked)
        let counted = judgement.countedOperators.count
        guard counted < needed else { return nil }
        return .init(.unknown, "only \(counted) of \(asked) operators count; \(needed) are needed")
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
