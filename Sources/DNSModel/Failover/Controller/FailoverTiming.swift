/// The waits of a controller that no policy sets.
package struct FailoverTiming: Hashable, Sendable {
    /// How often the authority is looked at while nothing happens; half as old, a look is good enough to decide by twice.
    package var lookInterval = Duration.seconds(60)
    /// A look that has not been answered by then is asked for again.
    package var lookTimeout = Duration.seconds(30)
    /// At the first sign of trouble the authority is looked at ahead when the last look is older.
    package var foresight = Duration.seconds(10)
    /// Longest wait for the health of better servers after the start.
    package var startGrace = Duration.seconds(60)
    /// A provider call that has not ended by then counts as uncertain.
    package var publishLimit = Duration.seconds(300)
    /// First and longest wait after a temporary failure: while a failed server is published, and else.
    package var urgentRetry = Duration.seconds(5)...Duration.seconds(60)
    package var calmRetry = Duration.seconds(30)...Duration.seconds(900)
    /// Until a change that was not seen to arrive, although it was repeated or accepted, is sent once more.
    package var repeatPause = Duration.seconds(900)
    /// Until a hook that forbade a change is asked again.
    package var vetoPause = Duration.seconds(300)
    /// How long the active server may be unknown where no results come.
    package var unknownLimit = Duration.seconds(180)

    package init() {}
}
