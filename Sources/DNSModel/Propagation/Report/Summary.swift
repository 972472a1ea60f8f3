/// The headline: what stands in the way first, then how far it is.
struct Summary {
    private let judgement: Judgement
    private let reasons: [PropagationReport.Reason]

    init(_ judgement: Judgement, reasons: [PropagationReport.Reason]) {
        self.judgement = judgement
        self.reasons = reasons
    }

    var text: String {
        guard let first = reasons.first else { return progress }
        switch first.status {
        case .critical, .unknown: return [first.text, progress].filter { !$0.isEmpty }.joined(separator: "; ")
        case .warning, .ok:
            let isTold = holdsResolvers || tallies.contains(first.text)
            return isTold ? progress : "\(progress); \(first.text)"
        }
    }

    /// `12/14 operators, 2 stale (4m12s)`, and the authoritative side unless all of it is well.
    private var progress: String {
        let asked = judgement.askedAuthoritative
        let converged = asked.count { $0.verdict == .converged }
        let authoritative = asked.isEmpty ? nil : "\(converged)/\(asked.count) authoritative addresses"
        if let reason = judgement.gate.reason, holdsResolvers {
            let isTold = reasons.first.map { $0.status > .warning && $0.text.hasPrefix(reason) } ?? false
            return [isTold ? "held" : "held: \(reason)", authoritative].compactMap { $0 }.joined(separator: ", ")
        }
        guard judgement.operators.contains(where: \.isAsked) else { return authoritative ?? "" }
        let counted = judgement.countedOperators.count
        let operators = "\(judgement.convergedOperators)/\(counted) operators"
        let awaited = judgement.operators.count(where: \.isPending)
        let isAuthorityWell = converged == asked.count
        let parts = [
            operators, tallies.isEmpty ? nil : tallies + eta, awaited == 0 ? nil : "\(awaited) awaited",
            isAuthorityWell ? nil : authoritative,
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }

    /// Whether there are resolvers, and the gate keeps them from being asked.
    private var holdsResolvers: Bool { judgement.gate.isHeld && !judgement.operators.isEmpty }

    /// `1 wrong, 2 stale`: the operators that have not converged, those that time should change at the end.
    private var tallies: String {
        let verdicts = Verdict.allCases.filter { $0 != .converged && $0 != .notAsked }
            .sorted { $0.isTransient == $1.isTransient ? $0.isWorse(than: $1) : $1.isTransient }
        let tallies = verdicts.compactMap { verdict -> String? in
            let count = judgement.operators.count { $0.verdict == verdict }
            return count == 0 ? nil : "\(count) \(verdict.word)"
        }
        return tallies.joined(separator: ", ")
    }

    private var eta: String {
        guard let eta = judgement.eta else { return "" }
        guard let seconds = eta.seconds(from: judgement.evidence.now) else { return " (until when is unknown)" }
        return eta.bound == .atLeast ? " (at least \(ShortTime(seconds)))" : " (\(ShortTime(seconds)))"
    }
}
