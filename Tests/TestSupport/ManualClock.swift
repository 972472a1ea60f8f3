import Synchronization

/// A clock on which time passes only when a test says so.
package final class ManualClock: Clock {
    package struct Instant: InstantProtocol {
        package var sinceStart: Duration

        package func advanced(by duration: Duration) -> Instant { Instant(sinceStart: sinceStart + duration) }
        package func duration(to other: Instant) -> Duration { other.sinceStart - sinceStart }
        package static func < (a: Instant, b: Instant) -> Bool { a.sinceStart < b.sinceStart }
    }

    private struct Sleeper {
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant(sinceStart: .zero)
        var sleepers: [UInt64: Sleeper] = [:]
        /// Sleeps that were cancelled before they began.
        var cancelled: Set<UInt64> = []
        var lastSleep: UInt64 = 0
        var watchers: [(condition: @Sendable ([Instant]) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []

        enum Beginning { case sleeps, isDue, isCancelled }

        /// Takes a sleeper in, and gives those who have waited for it.
        mutating func begin(
            _ sleeper: Sleeper, _ id: UInt64
        ) -> (outcome: Beginning, met: [CheckedContinuation<Void, Never>]) {
            if cancelled.remove(id) != nil { return (.isCancelled, []) }
            guard sleeper.deadline > now else { return (.isDue, []) }
            sleepers[id] = sleeper
            let deadlines = sleepers.values.map(\.deadline)
            let met = watchers.filter { $0.condition(deadlines) }.map(\.continuation)
            watchers.removeAll { $0.condition(deadlines) }
            return (.sleeps, met)
        }
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Instant { state.withLock(\.now) }
    package var minimumResolution: Duration { .nanoseconds(1) }

    /// Lets time pass, and wakes up all whose time has come.
    package func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.sorted { $0.deadline < $1.deadline }
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Returns once somebody sleeps until that time after the clock's start.
    package func sleeping(until time: Duration) async {
        await watch { deadlines in deadlines.contains { $0.sinceStart == time } }
    }

    /// Returns once so many sleep.
    package func sleeping(count: Int) async {
        await watch { $0.count >= count }
    }

    private func watch(_ condition: @escaping @Sendable ([Instant]) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isMet = state.withLock { state in
                if condition(state.sleepers.values.map(\.deadline)) { return true }
                state.watchers.append((condition, continuation))
                return false
            }
            if isMet { continuation.resume() }
        }
    }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.lastSleep += 1
            return state.lastSleep
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { begin(Sleeper(deadline: deadline, continuation: $0), id) }
        } onCancel: {
            cancel(id)
        }
    }

    private func begin(_ sleeper: Sleeper, _ id: UInt64) {
        let (outcome, met) = state.withLock { $0.begin(sleeper, id) }
        switch outcome {
        case .sleeps: break
        case .isDue: sleeper.continuation.resume()
        case .isCancelled: sleeper.continuation.resume(throwing: CancellationError())
        }
        for watcher in met { watcher.resume() }
    }

    private func cancel(_ id: UInt64) {
        let sleeper = state.withLock { state in
            let sleeper = state.sleepers.removeValue(forKey: id)
            if sleeper == nil { state.cancelled.insert(id) }
            return sleeper
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
