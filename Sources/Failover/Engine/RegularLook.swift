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
        let looks = RecordLooks(subjects, settings, network, share, instead: nameservers).all
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
