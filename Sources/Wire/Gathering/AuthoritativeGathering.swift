import DNSModel

/// Finds out what an `AuthoritativeSurvey` wants to know.
package struct AuthoritativeGathering: Sendable {
    package let walk: DelegationWalk
    package let retry: RetryPolicy
    package let transport: Endpoint.Transport

    package init(walk: DelegationWalk, retry: RetryPolicy, transport: Endpoint.Transport = .udp) {
        self.walk = walk
        self.retry = retry
        self.transport = transport
    }

    /// Surveys the zones that `question` leads through. `onChange` sees the survey after each event; the result is the
    /// survey when there is nothing left to wait for.
    package func survey(
        _ question: Question, extraServers: [Endpoint] = [], onChange: (AuthoritativeSurvey) -> Void = { _ in }
    ) async -> AuthoritativeSurvey {
        var survey = AuthoritativeSurvey(families: walk.families, transport: transport, extraServers: extraServers)
        await pursue(survey.start(question), &survey, onChange)
        return survey
    }

    /// Asks every address again; where an alias leads elsewhere by now, everything is surveyed anew.
    package func refresh(
        _ survey: AuthoritativeSurvey, onChange: (AuthoritativeSurvey) -> Void = { _ in }
    ) async -> AuthoritativeSurvey {
        var survey = survey
        await pursue(survey.refresh(), &survey, onChange)
        guard survey.isOutdated, let question = survey.visits.first?.question else { return survey }
        await pursue(survey.start(question), &survey, onChange)
        return survey
    }

    private func pursue(
        _ actions: [AuthoritativeSurvey.Action], _ survey: inout AuthoritativeSurvey,
        _ onChange: (AuthoritativeSurvey) -> Void
    ) async {
        await Pursuit.run(actions, perform: perform) { event in
            let actions = survey.handle(event)
            onChange(survey)
            return actions
        }
    }

    @Sendable
    private func perform(
        _ action: AuthoritativeSurvey.Action, _ report: @escaping Pursuit.Report<AuthoritativeSurvey.Event>
    ) async {
        switch action {
        case .walk(let visit, let question):
            do throws(DelegationWalk.Failure) {
                report(.found(visit: visit, .success(try await walk.candidate(for: question))))
            } catch {
                report(.found(visit: visit, .failure(error)))
            }
        case .resolve(let visit, let generation, let names):
            report(.resolved(visit: visit, generation: generation, await walk.addresses(of: names)))
        case .ask(let errands):
            let queries = errands.map { Query($0.question, to: $0.endpoint, options: .authoritative) }
            await walk.engine.ask(queries, retry: retry) { report(.replied(errands[$0.index], $0)) }
        }
    }
}
