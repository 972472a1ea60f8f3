import DNSModel
import Wire

/// Makes all checks of all schemes when they are due: at most `width` at once, none twice at once, and none held up by
/// another while there is room. A sleeping check costs its entry in a timetable and no task.
package actor CheckScheduler<C: Clock> where C.Duration == Duration {
    package typealias Delivery = @Sendable (CheckID, CheckResult) async -> Void

    private let network: Network
    private let clock: C
    private let start: C.Instant
    private let width: Int
    private let deliver: Delivery
    private let meter: @Sendable (CheckTurn) async -> Void
    private let wakeUps = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    private var timetable = CheckTimetable()
    private var running = 0
    /// When the next of those that sleep on our behalf wakes up.
    private var alarm: UInt64?
    /// How late checks began, since the start.
    package private(set) var lateness = LatenessMeter()

    /// Each result is delivered before the next turn of its check begins. Results of a canary of all schemes come once,
    /// without a scheme. `meter` is told of each check that was made.
    package init(
        network: Network, clock: C, width: Int = 512, meter: @escaping @Sendable (CheckTurn) async -> Void = { _ in },
        deliver: @escaping Delivery
    ) {
        self.network = network
        self.meter = meter
        self.clock = clock
        self.width = max(1, width)
        self.deliver = deliver
        start = clock.now
    }

    /// Takes these checks instead of those before. What a check says that has begun before and is no longer wanted, or has
    /// other settings now, is dropped.
    package func replace(with checks: [ScheduledCheck]) {
        timetable.replace(with: checks, at: now)
        wakeUp()
    }

    /// Makes a check at once, because something has happened; false when there is none of that name.
    @discardableResult
    package func kick(_ id: CheckID) -> Bool {
        let isKnown = timetable.kick(id, at: now)
        if isKnown { wakeUp() }
        return isKnown
    }

    /// How many checks there are, and how many are being made.
    package var counts: (all: Int, running: Int) { (timetable.count, running) }

    /// How they keep their times.
    package var punctuality: CheckPunctuality {
        CheckPunctuality(count: timetable.count, running: running, lateness)
    }

    /// Makes checks until the task is cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            wakeUp()
            for await _ in wakeUps.stream {
                while running < width, let turn = timetable.takeDue(at: now) {
                    running += 1
                    lateness.record(turn.lateness)
                    group.addTask { await self.perform(turn) }
                }
                if let time = nextAlarm() {
                    alarm = time
                    group.addTask { await self.sleep(until: time) }
                }
            }
        }
    }

    private func perform(_ turn: CheckTimetable.Turn) async {
        let begin = clock.now
        let result = await turn.check.result(over: network)
        // A check that was interrupted by our own end says nothing of its server.
        if !Task.isCancelled, timetable.isCurrent(turn) {
            await meter(
                CheckTurn(
                    kind: type(of: turn.check.check).kind, health: result.health,
                    duration: begin.duration(to: clock.now), lateness: turn.lateness))
            await deliver(turn.check.id, result)
        }
        timetable.finish(turn, at: now)
        running -= 1
        wakeUp()
    }

    /// For when somebody has to be woken up who is not yet; nil while there is no room, since whoever ends wakes us up.
    private func nextAlarm() -> UInt64? {
        guard running < width, let next = timetable.next else { return nil }
        return alarm.map { next < $0 } ?? true ? next : nil
    }

    private func sleep(until time: UInt64) async {
        try? await clock.sleep(until: start.advanced(by: .nanoseconds(Int64(clamping: time))), tolerance: .zero)
        if alarm == time { alarm = nil }
        wakeUp()
    }

    private func wakeUp() {
        wakeUps.continuation.yield()
    }

    private var now: UInt64 {
        let (seconds, attoseconds) = start.duration(to: clock.now).components
        return UInt64(max(0, seconds)) &* 1_000_000_000 &+ UInt64(max(0, attoseconds)) / 1_000_000_000
    }
}
