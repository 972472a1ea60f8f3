import DNSModel
import FoundationEssentials
import Wire

/// Watches changes arrive at the authoritative servers and at resolvers, by the turns of `PropagationLook`.
package struct ChangeFollower: Sendable {
    /// Where a change has got.
    package enum Progress: Sendable {
        /// A report of one of the questions, the latest one, and how far the change has arrived by now.
        case report(PropagationReport, Convergence)
        case spread(Spread, Convergence)
        /// A question was followed to some end: what a later look at it has to know.
        case remembered(Question, GatheredEvidence.Memory)
    }

    private let network: Network
    private let settings: CheckSettings
    private let budget: QueryBudget?
    private let clock: any Clock<Duration>

    /// How long after it had to have arrived everywhere a change is looked for again.
    private static let pause = Duration.seconds(60)

    /// `settings` say whom to ask; what to ask comes from each change.
    package init(
        network: Network, settings: CheckSettings, budget: QueryBudget? = nil,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.network = network
        self.settings = settings
        self.budget = budget
        self.clock = clock
    }

    /// Follows a change until it has converged or the task is cancelled: one that is stuck is looked for again and again.
    /// With `nameservers` nobody else is asked: what they serve is delegated to nobody, and no resolver can know it.
    /// `memories` are what earlier looks have left.
    package func follow(
        _ plan: ChangePlan, alias: DomainName?, nameservers: [Endpoint] = [],
        memories: [Question: GatheredEvidence.Memory] = [:],
        onProgress: @escaping @Sendable (Progress) async -> Void
    ) async {
        let share = budget.map { BudgetShare($0, for: QueryAsker(plan.scheme.text, .change)) }
        let subjects = subjects(of: plan, alias: alias)
        let looks = RecordLooks(subjects, settings, network, share, instead: nameservers).all
        var memories = memories
        var arrival = Arrival(since: plan.decidedAt)
        while !Task.isCancelled {
            let statuses = await round(looks, &memories, &arrival, onProgress)
            guard !Task.isCancelled else { return }
            if statuses.allSatisfy({ $0.status == .ok }) {
                return await onProgress(.spread(.converged, arrival.convergence))
            }
            if let reason = statuses.max(by: { $0.status < $1.status })?.reason {
                await onProgress(.spread(.stuck(reason), arrival.convergence))
            }
            try? await clock.sleep(for: Self.pause)
        }
    }

    private func round(
        _ looks: [PropagationLook], _ memories: inout [Question: GatheredEvidence.Memory], _ arrival: inout Arrival,
        _ onProgress: @escaping @Sendable (Progress) async -> Void
    ) async -> [Ending] {
        let (reports, feed) = AsyncStream.makeStream(of: (Int, PropagationReport, Ending?).self)
        let clock = clock
        let endings: [Int: Ending] = await withTaskGroup(of: Void.self) { group in
            for (index, look) in looks.enumerated() {
                let memory = memories[look.question] ?? GatheredEvidence.Memory()
                group.addTask {
                    let outcome = await look.follow(deadline: nil, memory: memory, clock: clock) {
                        feed.yield((index, $0, nil))
                    }
                    feed.yield((index, outcome.report, Ending(outcome)))
                }
            }
            var endings: [Int: Ending] = [:]
            for await (index, report, ending) in reports {
                let isAtAuthority = arrival.take(report, at: index, of: looks.count)
                await onProgress(.report(report, arrival.convergence))
                if isAtAuthority {
                    await onProgress(.spread(.authoritative, arrival.convergence))
                }
                if let ending { endings[index] = ending }
                if endings.count == looks.count || Task.isCancelled { break }
            }
            group.cancelAll()
            return endings
        }
        for (index, ending) in endings.sorted(by: { $0.key < $1.key }) {
            memories[looks[index].question] = ending.memory
            await onProgress(.remembered(looks[index].question, ending.memory))
        }
        return endings.sorted { $0.key < $1.key }.map(\.value)
    }

    /// How following one question ended.
    private struct Ending: Sendable {
        let status: Status
        let reason: String
        let memory: GatheredEvidence.Memory

        init(_ outcome: PropagationLook.Outcome) {
            (status, reason, memory) = (outcome.status, outcome.report.summary, outcome.memory)
        }
    }

    private func subjects(of plan: ChangePlan, alias: DomainName?) -> [CheckSubject] {
        plan.changes.flatMap { change in
            ([change.name] + (alias.map { [$0] } ?? [])).map { name in
                CheckSubject(
                    Question(name, change.type),
                    expectation: change.new.isEmpty
                        ? .absence(source: .scheme)
                        : Expectation(source: .scheme, values: change.new.sorted().map(ExpectedValue.data)),
                    previous: change.old.map { [PreviousRRset($0, ttl: change.ttl)] } ?? [])
            }
        }
    }
}
