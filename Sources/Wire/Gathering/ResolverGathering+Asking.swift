import DNSModel

extension ResolverGathering {
    /// Asks the survey's rows and follows up; `onChange` sees the survey after each reply.
    package func ask(
        _ survey: ResolverSurvey, samples: Int, onChange: (ResolverSurvey) -> Void = { _ in }
    ) async -> ResolverSurvey {
        var survey = survey
        await Pursuit.run(batches(survey.start(samples: samples)), perform: perform) { event in
            let next = survey.handle(event.errand, event.reply)
            onChange(survey)
            return batches(next)
        }
        return survey
    }

    /// Errands that are waited for in full apart from those that are not and, where each operator has a budget, those of
    /// different operators: none waits for another one's turn.
    private func batches(_ errands: [ResolverSurvey.Errand]) -> [[ResolverSurvey.Errand]] {
        let halves = [errands.filter(\.purpose.isEssential), errands.filter { !$0.purpose.isEssential }]
        guard share != nil else { return halves.filter { !$0.isEmpty } }
        return halves.flatMap { half in
            Dictionary(grouping: half, by: \.operatorID).sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private struct Event: Sendable {
        let errand: ResolverSurvey.Errand
        let reply: Reply
    }

    @Sendable
    private func perform(_ errands: [ResolverSurvey.Errand], _ report: @escaping Pursuit.Report<Event>) async {
        guard let share, let operatorID = errands.first?.operatorID else { return await ask(errands, report) }
        await withDiscardingTaskGroup { group in
            var rest = errands[...]
            while !rest.isEmpty {
                let count = await share.budget.take(upTo: rest.count, of: operatorID, for: share.asker)
                // Cancelled: what was not asked has no answer.
                guard count > 0 else { return }
                let now = Array(rest.prefix(count))
                rest = rest.dropFirst(count)
                group.addTask { await ask(now, report) }
            }
        }
    }

    private func ask(_ errands: [ResolverSurvey.Errand], _ report: @escaping Pursuit.Report<Event>) async {
        let isEssential = errands.allSatisfy(\.purpose.isEssential)
        await walk.engine.ask(errands.map(\.query), retry: isEssential ? retry : .glance(retry)) {
            report(Event(errand: errands[$0.index], reply: $0))
        }
    }
}

extension RetryPolicy {
    /// One short try: what it would tell is not worth waiting for.
    fileprivate static func glance(_ full: RetryPolicy) -> RetryPolicy {
        let limit = min(full.tryTimeout, .seconds(1))
        return RetryPolicy(tryTimeout: limit, tries: 1, deadline: limit)
    }
}
