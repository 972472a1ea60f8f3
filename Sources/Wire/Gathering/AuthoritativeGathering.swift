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
        await Pursuit.run(survey.start(question), perform: perform) { event in
            let actions = survey.handle(event)
            onChange(survey)
            return actions
        }
        return survey
    }

    /// Looks at one address again: the answer, and the zone's serial there.
    package func ask(_ observation: Observation, apex: DomainName?) async -> Observation {
        let server = observation.server.endpoint
        let queries =
            [Query(observation.question, to: server, options: .authoritativeAnswer)]
            + (apex.map { [Query(Question($0, .soa), to: server, options: .authoritative)] } ?? [])
        let replies = await walk.engine.replies(to: queries, retry: retry)
        guard let answer = replies.first else { return observation }
        return Observation(
            server: observation.server, question: observation.question, samples: [Sample(answer)],
            identity: ServerIdentity(nsid: answer.response?.nsidText),
            serial: SOASerial(of: answer, beside: replies.dropFirst().first))
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
            let queries = errands.map { Query($0.question, to: $0.endpoint, options: $0.probe.options) }
            await walk.engine.ask(queries, retry: retry) { report(.replied(errands[$0.index], $0)) }
        }
    }
}

extension AuthoritativeSurvey.Probe {
    fileprivate var options: QueryOptions { self == .answer ? .authoritativeAnswer : .authoritative }
}
