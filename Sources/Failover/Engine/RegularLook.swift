import DNSModel
import Wire

/// Looks at a scheme's record everywhere, once, as a check does: the authoritative servers, and resolvers by the gate.
package struct RegularLook: Sendable {
    /// What one question's look has found, and what the next one has to know.
    struct Finding: Sendable {
        let question: Question
        let report: PropagationReport
        let memory: GatheredEvidence.Memory
    }

    private let network: Network
    private let settings: CheckSettings
    private let budget: QueryBudget?
    private let walks = WalkKeeper()

    /// `settings` say whom to ask.
    package init(network: Network, settings: CheckSettings, budget: QueryBudget? = nil) {
        self.network = network
        self.settings = settings
        self.budget = budget
    }

    /// Nil when the task was cancelled: what was not asked must not look silent.
    func findings(
        _ subjects: [CheckSubject], of scheme: SchemeName, memories: [Question: GatheredEvidence.Memory],
        instead nameservers: [Endpoint]
    ) async -> [Finding]? {
        let share = budget.map { BudgetShare($0, for: QueryAsker(scheme.text, .patrol)) }
        let known = await walks.current
        let looks = RecordLooks(subjects, settings, network, share, instead: nameservers, known: known).all
        if known == nil, nameservers.isEmpty, let first = looks.first { await walks.keep(first.walk) }
        return await withTaskGroup(of: (Int, Finding).self) { group in
            for (index, look) in looks.enumerated() {
                let memory = (memories[look.question] ?? GatheredEvidence.Memory()).resumed
                group.addTask { (index, Self.finding(look.question, await look.check(memory: memory))) }
            }
            let findings = await group.reduce(into: [Int: Finding]()) { $0[$1.0] = $1.1 }
            return Task.isCancelled ? nil : findings.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private static func finding(_ question: Question, _ evidence: GatheredEvidence) -> Finding {
        var evidence = evidence
        // A server lags from the first look that finds it lagging, and not only from the second.
        evidence.memory.remember(Judgement(of: evidence))
        return Finding(question: question, report: PropagationReport(of: evidence), memory: evidence.memory)
    }
}

/// What a walk has learnt of delegations, for the looks at all schemes, so that the servers of the root and of top-level
/// domains are not asked for each of them.
private actor WalkKeeper {
    private var kept: (walk: DelegationWalk, since: ContinuousClock.Instant)?

    private static let memory = Duration.seconds(600)

    /// Nil when there is none, or none that is fresh enough.
    var current: DelegationWalk? {
        kept.flatMap { $0.since.duration(to: .now) < Self.memory ? $0.walk : nil }
    }

    func keep(_ walk: DelegationWalk) { kept = (walk, .now) }
}
