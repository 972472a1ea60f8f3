import DNSModel

/// Looks at every scheme's record regularly, a few schemes at once, so that what drifts away is found although nothing was
/// changed: a resolver gone wrong, a secondary that lags, a value that one server alone has.
package actor Patrol {
    private let engine: FailoverEngine
    private let look: RegularLook
    private let width: Int
    private let elapsed: @Sendable () -> Duration
    private let sleep: @Sendable (_ time: Duration) async throws -> Void
    private let wakeUps = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    private var schedule: PatrolSchedule
    private var running = 0
    private var alarm: Duration?

    /// `interval` nil: nobody is looked at.
    package init(
        _ engine: FailoverEngine, _ look: RegularLook, interval: Duration?, width: Int = 8,
        clock: some Clock<Duration> = .continuous
    ) {
        self.engine = engine
        self.look = look
        self.width = width
        schedule = PatrolSchedule(interval: interval)
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        sleep = { try await clock.sleep(until: start.advanced(by: $0), tolerance: nil) }
    }

    package func setInterval(_ interval: Duration?) {
        schedule.setInterval(interval, at: elapsed())
        wakeUp()
    }

    /// Looks at these schemes from now on.
    package func replace(with schemes: [SchemeName]) {
        schedule.replace(with: schemes, at: elapsed())
        wakeUp()
    }

    /// Looks until the task is cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            wakeUp()
            for await _ in wakeUps.stream {
                while running < width, let name = schedule.takeDue(at: elapsed()) {
                    running += 1
                    group.addTask { await self.visit(name) }
                }
                guard running < width, let next = schedule.next, alarm.map({ next < $0 }) ?? true else { continue }
                alarm = next
                group.addTask { await self.rest(until: next) }
            }
        }
    }

    private func visit(_ name: SchemeName) async {
        let outcome = await engine[name]?.look(by: look) ?? .skipped
        running -= 1
        schedule.finish(name, outcome, at: elapsed())
        wakeUp()
    }

    private func rest(until time: Duration) async {
        try? await sleep(time)
        if alarm == time { alarm = nil }
        wakeUp()
    }

    private func wakeUp() { wakeUps.continuation.yield() }
}
