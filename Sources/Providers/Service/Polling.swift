/// Asking again and again until something is finished.
struct Polling: Sendable {
    /// How long to ask at most.
    var limit: Duration
    /// Before the first question; each further pause is half as long again, up to `longestPause`.
    var firstPause = Duration.milliseconds(500)
    var longestPause = Duration.seconds(5)
    var clock: any Clock<Duration> = ContinuousClock()

    /// Gives what `ask` gives at last; nil when the time is over, or the task is cancelled, before it gives anything.
    func answer<Answer: Sendable>(_ ask: () async -> Answer?) async -> Answer? {
        await answer(on: clock, ask)
    }

    private func answer<Answer: Sendable>(
        on clock: some Clock<Duration>, _ ask: () async -> Answer?
    ) async -> Answer? {
        let end = clock.now.advanced(by: limit)
        var pause = firstPause
        while true {
            let left = clock.now.duration(to: end)
            guard left > .zero, (try? await clock.sleep(for: min(pause, left))) != nil else { return nil }
            if let answer = await ask() { return answer }
            pause = min(pause * 3 / 2, longestPause)
        }
    }
}
