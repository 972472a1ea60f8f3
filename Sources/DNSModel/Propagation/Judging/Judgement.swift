import FoundationEssentials

/// Evidence, judged: every decision of a report, still as values of the model.
package struct Judgement: Sendable {
    package let evidence: GatheredEvidence
    package let side: AuthoritativeSide
    package let authoritative: [JudgedObservation]
    package let resolvers: [JudgedObservation]
    package let operators: [JudgedOperator]
    package let gate: Gate
    package let eta: ETA?

    package init(of evidence: GatheredEvidence) {
        self.evidence = evidence
        let side = AuthoritativeSide(evidence)
        self.side = side
        let authority = AuthoritativeJudge(side: side, isHidden: evidence.hiddenReason != nil)
        authoritative = evidence.authoritative.map(authority.judge)
        gate = Gate(authoritative, asksAnyway: evidence.options.asksAnyway)
        let judge = ResolverJudge(evidence, side: side)
        resolvers = evidence.resolvers.map(gate.admit).map(judge.judge)
        operators = JudgedOperator.all(resolvers)
        eta = ETA(
            resolvers, side: side, gate: gate, assumption: Self.assumption(authoritative), now: evidence.now)
    }

    /// `assuming ns3 (silent) agrees`.
    private static func assumption(_ authoritative: [JudgedObservation]) -> String? {
        let names = ServerNames(authoritative.map(\.server))
        let quiet = authoritative.filter { [.timeout, .lame, .failing].contains($0.verdict) }
        guard !quiet.isEmpty else { return nil }
        let words = Set(quiet.map { $0.verdict == .timeout ? "silent" : $0.verdict.word }).sorted()
        let listed = names.list(quiet.map(\.server))
        return "assuming \(listed.text) (\(words.joined(separator: ", "))) \(listed.isPlural ? "agree" : "agrees")"
    }
}

extension Judgement {
    package var countedOperators: [JudgedOperator] { operators.filter(\.verdict.isCounted) }

    package var convergedOperators: Int { operators.count { $0.verdict == .converged } }

    /// Percentage of the counted operators that have converged; nil when none counts.
    package var percentConverged: Double? {
        let counted = countedOperators.count
        return counted == 0 ? nil : Double(convergedOperators) / Double(counted) * 100
    }

    /// The authoritative addresses that are asked.
    package var askedAuthoritative: [JudgedObservation] { authoritative.filter { $0.observation.notAsked == nil } }

    /// Whether any server that was observed sent anything at all.
    package var hasAnyResponse: Bool {
        (authoritative + resolvers).contains { $0.samples.contains { $0.sample.response != nil } }
    }
}
