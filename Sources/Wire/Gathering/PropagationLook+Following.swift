import DNSModel
import FoundationEssentials

extension PropagationLook {
    private enum Event: Sendable {
        case observed(Observation)
        case surveyed(Survey)
        case woke
    }

    /// Follows the record until it has converged or `deadline` is over, by the turns of a `FollowPlan`. `onReport` sees
    /// every report; the result is the last one with the status to end with. Cancelling ends with the report as it is.
    package func follow(
        deadline: Duration?, clock: some Clock<Duration> = .continuous, onReport: (PropagationReport) -> Void
    ) async -> (report: PropagationReport, status: Status) {
        let first = await survey { onReport(PropagationReport(of: $0)) }
        var plan = FollowPlan(first.evidence, deadline: deadline)
        var targets = first.targets
        await withTaskGroup(of: Event.self) { group in
            var sleepingUntil: Date?
            var isSurveying = false
            while let wake = plan.nextWake, !Task.isCancelled {
                onReport(plan.report)
                for observation in plan.takeDue(at: Date()) {
                    let evidence = plan.evidence
                    let target = targets.first { $0.server == observation.server }
                    group.addTask { .observed(await ask(observation, target, evidence)) }
                }
                if sleepingUntil.map({ wake < $0 }) ?? true {
                    sleepingUntil = wake
                    group.addTask {
                        try? await clock.sleep(for: .seconds(max(0, wake.timeIntervalSinceNow)))
                        return .woke
                    }
                }
                switch await group.next() {
                case .observed(let observation):
                    plan.advance(with: [observation], to: Date())
                    if !isSurveying, plan.evidence.isOutdated(by: observation) {
                        isSurveying = true
                        let evidence = plan.evidence
                        group.addTask { .surveyed(await survey(after: evidence) { _ in }) }
                    }
                case .surveyed(var survey):
                    isSurveying = false
                    survey.evidence.memory = plan.evidence.memory
                    survey.evidence.resolvers = plan.evidence.resolvers
                    plan = FollowPlan(survey.evidence, deadline: deadline)
                    targets = survey.targets
                case .woke, nil:
                    sleepingUntil = nil
                    plan.advance(to: Date())
                }
            }
            group.cancelAll()
        }
        return (plan.report, plan.outcome ?? plan.report.status)
    }

    private func ask(
        _ observation: Observation, _ target: ResolverSurvey.Target?, _ evidence: GatheredEvidence
    ) async -> Observation {
        guard let target else { return await authoritative.ask(observation, apex: evidence.apex(for: observation)) }
        let row = ResolverSurvey(subject.question, targets: [target], published: evidence.published)
        return await resolving.ask(row, samples: settings.samples).rows.first ?? observation
    }
}
