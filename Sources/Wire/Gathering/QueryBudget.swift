import DNSModel

/// How often resolver operators are asked, by all that ask them in this process together.
///
/// Whoever is to ask an operator takes a share first, and waits for it where there is none yet.
package actor QueryBudget {
    private var ledger: QueryLedger
    private var waiting: [QueryLedger.Ticket: CheckedContinuation<Int, Never>] = [:]
    private let elapsed: @Sendable () -> Duration
    private let sleep: @Sendable (_ time: Duration) async throws -> Void
    private var alarm: (time: Duration, task: Task<Void, Never>)?

    /// `rate` questions are asked of one operator within any second, at the most; that one is asked again because the first
    /// datagram was not answered is not counted.
    package init(rate: Int, clock: some Clock<Duration> = .continuous) {
        ledger = QueryLedger(rate: rate)
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        sleep = { try await clock.sleep(until: start.advanced(by: $0), tolerance: nil) }
    }

    deinit { alarm?.task.cancel() }

    package func setRate(_ rate: Int) {
        ledger.setRate(rate)
        serve()
    }

    /// How many wait for an operator.
    package var queueLength: Int { ledger.waiting }

    /// Waits until an operator may be asked: how many of `count` questions, at least one. 0 when the task was cancelled.
    package func take(upTo count: Int, of operatorID: String, for asker: QueryAsker) async -> Int {
        guard !Task.isCancelled else { return 0 }
        let ticket = ledger.request(upTo: count, of: operatorID, for: asker)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiting[ticket] = continuation
                serve()
            }
        } onCancel: {
            Task { await self.withdraw(ticket) }
        }
    }

    private func withdraw(_ ticket: QueryLedger.Ticket) {
        guard let continuation = waiting.removeValue(forKey: ticket) else { return }
        ledger.withdraw(ticket)
        continuation.resume(returning: 0)
    }

    private func serve() {
        for grant in ledger.grants(at: elapsed()) {
            waiting.removeValue(forKey: grant.ticket)?.resume(returning: grant.count)
        }
        setAlarm()
    }

    /// One sleeps on behalf of all who wait, and nobody where nobody waits.
    private func setAlarm() {
        guard let next = ledger.nextGrant else {
            alarm?.task.cancel()
            alarm = nil
            return
        }
        if let alarm, alarm.time <= next { return }
        alarm?.task.cancel()
        let task = Task { [weak self, sleep] in
            guard (try? await sleep(next)) != nil else { return }
            await self?.wakeUp(next)
        }
        alarm = (next, task)
    }

    private func wakeUp(_ time: Duration) {
        if alarm?.time == time { alarm = nil }
        serve()
    }
}

/// A part of the budget, as handed to whoever asks.
package struct BudgetShare: Sendable {
    let budget: QueryBudget
    let asker: QueryAsker

    package init(_ budget: QueryBudget, for asker: QueryAsker) {
        self.budget = budget
        self.asker = asker
    }
}
