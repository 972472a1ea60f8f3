import DNSModel
import FoundationEssentials

extension PropagationLook {
    /// How following ended.
    package struct Outcome: Sendable {
        package let report: PropagationReport
        /// The status to end with.
        package let status: Status
        /// For a later look at the same question.
        package let memory: GatheredEvidence.Memory
    }

    /// Follows the record until it has converged or `deadline` is over, by the turns of a `FollowPlan` and the memory that
    /// earlier looks have left. `onReport` sees every report, one a second at least, so that its times are those of now.
    /// Cancelling ends with the report as it is.
    package func follow(
        deadline: Duration?, memory: GatheredEvidence.Memory = GatheredEvidence.Memory(),
        clock: some Clock<Duration> = .continuous, onReport: (PropagationReport) -> Void
    ) async -> Outcome {
        let survey = await survey(memory: memory.resumed) { onReport(PropagationReport(of: $0)) }
        var following = Following(survey, deadline: deadline)
        await withTaskGroup(of: Following.Event.self) { group in
            while !Task.isCancelled, let next = following.next(at: Date()) {
                onReport(following.plan.report)
                for task in next { group.addTask { await perform(task, clock) } }
                guard let event = await group.next() else { break }
                following.handle(event, at: Date())
            }
            group.cancelAll()
        }
        onReport(following.plan.report)
        return Outcome(
            report: following.plan.report, status: following.plan.outcome ?? following.plan.report.status,
            memory: following.plan.evidence.memory)
    }

    private func perform(_ task: Following.Task, _ clock: some Clock<Duration>) async -> Following.Event {
        switch task {
        case .sleep(let date):
            try? await clock.sleep(for: .seconds(max(0, date.timeIntervalSinceNow)))
            return .woke
        case .survey(let evidence):
            return .surveyed(await survey(after: evidence) { _ in })
        case .askServer(let observation, let evidence):
            return .observed([await authoritative.ask(observation, apex: evidence.apex(for: observation))])
        case .askOperator(let targets, let evidence):
            let rows = ResolverSurvey(subject.question, targets: targets, side: AuthoritativeSide(evidence))
            return .observed(await resolving.ask(rows, samples: settings.samples).rows)
        }
    }
}

/// A `FollowPlan` at work: what runs, and what has to be started next.
private struct Following {
    enum Task: Sendable {
        case askServer(Observation, GatheredEvidence)
        /// Addresses of one operator, which is one line: they are heard together.
        case askOperator([ResolverSurvey.Target], GatheredEvidence)
        /// An alias leads elsewhere than before.
        case survey(GatheredEvidence)
        case sleep(until: Date)
    }

    enum Event: Sendable {
        case observed([Observation])
        case surveyed(PropagationLook.Survey)
        case woke
    }

    private(set) var plan: FollowPlan
    private let targets: [ResolverSurvey.Target]
    private let deadline: Duration?
    private var wakesAt: Date?
    private var survey = Progress.idle

    /// The longest time between two reports, in seconds.
    private static let pulse = 1.0

    private enum Progress {
        case idle, wanted, running
    }

    init(_ survey: PropagationLook.Survey, deadline: Duration?) {
        plan = FollowPlan(survey.evidence, deadline: deadline)
        targets = survey.targets
        self.deadline = deadline
    }

    /// What to start now; nil when the run is over.
    mutating func next(at now: Date) -> [Task]? {
        guard plan.outcome == nil else { return nil }
        let evidence = plan.evidence
        let due = plan.takeDue(at: now)
        var tasks = due.filter { $0.server.side == .authoritative }.map { Task.askServer($0, evidence) }
        let servers = Set(due.map(\.server))
        let operators = Dictionary(grouping: targets.filter { servers.contains($0.server) }, by: \.server.operatorID)
        tasks += operators.values.map { Task.askOperator($0, evidence) }
        if survey == .wanted {
            survey = .running
            tasks.append(.survey(evidence))
        }
        // A sleeper that is no longer needed wakes us for nothing, which does no harm.
        if let wake = plan.nextWake.map({ min($0, now.addingTimeInterval(Self.pulse)) }),
            wakesAt.map({ wake < $0 }) ?? true
        {
            wakesAt = wake
            tasks.append(.sleep(until: wake))
        }
        return tasks
    }

    mutating func handle(_ event: Event, at now: Date) {
        switch event {
        case .observed(let observations):
            plan.advance(with: observations, to: now)
            if survey == .idle, observations.contains(where: plan.evidence.isOutdated) { survey = .wanted }
        case .surveyed(var found):
            found.evidence.resolvers = plan.evidence.resolvers
            found.evidence.now = now
            plan.advance(to: found.evidence)
            survey = .idle
        case .woke:
            wakesAt = nil
            plan.advance(to: now)
        }
    }
}
