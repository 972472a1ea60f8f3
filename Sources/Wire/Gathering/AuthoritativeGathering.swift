import DNSModel

/// Performs what an `AuthoritativeSurvey` wants to know.
package struct AuthoritativeGathering: Sendable {
    package let walk: DelegationWalk
    package let retry: RetryPolicy

    package init(walk: DelegationWalk, retry: RetryPolicy) {
        self.walk = walk
        self.retry = retry
    }

    /// Surveys the zones that `question` leads through. `onChange` sees the survey after each reply; the result is the
    /// survey when there is nothing left to wait for.
    package func survey(
        _ question: Question, extraServers: [Endpoint] = [], onChange: (AuthoritativeSurvey) -> Void = { _ in }
    ) async -> AuthoritativeSurvey {
        var survey = AuthoritativeSurvey(families: walk.families, extraServers: extraServers)
        let (events, feed) = AsyncStream<AuthoritativeSurvey.Event?>.makeStream()
        await withTaskGroup(of: Void.self) { group in
            var actions = survey.start(question)
            var running = 0
            var incoming = events.makeAsyncIterator()
            repeat {
                for action in actions {
                    running += 1
                    group.addTask {
                        await perform(action, feed)
                        feed.yield(nil)
                    }
                }
                actions = []
                guard let message = await incoming.next() else { break }
                guard let event = message else {
                    running -= 1
                    continue
                }
                actions = survey.handle(event)
                onChange(survey)
            } while running > 0
            group.cancelAll()
        }
        return survey
    }

    private func perform(
        _ action: AuthoritativeSurvey.Action, _ feed: AsyncStream<AuthoritativeSurvey.Event?>.Continuation
    ) async {
        switch action {
        case .walk(let visit, let question):
            do throws(DelegationWalk.Failure) {
                feed.yield(.found(visit: visit, .success(try await walk.candidate(for: question))))
            } catch {
                feed.yield(.found(visit: visit, .failure(error)))
            }
        case .resolve(let visit, let generation, let names):
            feed.yield(.resolved(visit: visit, generation: generation, await walk.addresses(of: names)))
        case .ask(let errands):
            let queries = errands.map { Query($0.question, to: $0.endpoint, options: .authoritative) }
            await walk.engine.ask(queries, retry: retry) { reply in
                feed.yield(.replied(errands[reply.index], reply))
            }
        }
    }
}
