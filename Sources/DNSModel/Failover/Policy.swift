/// How a scheme chooses, and how fast it may change its mind.
package struct Policy: Hashable, Sendable, Codable {
    package enum Mode: Hashable, Sendable, Codable {
        /// The best server.
        case failover
        /// Every healthy server, never fewer than `minPublished`.
        case balance(minPublished: Int)
    }

    package enum AllDown: Hashable, Sendable, Codable {
        /// Leave the record as it is.
        case keep
        /// The server of the highest priority, as okerr does.
        case first
        /// Every server.
        case all
        case addresses([IPAddress])
    }

    package enum Failback: Hashable, Sendable, Codable {
        case auto
        /// Once the better server has been healthy for that long.
        case delayed(Duration)
        /// Only when somebody asks for it.
        case manual
    }

    package enum Families: String, Hashable, Sendable, Codable {
        /// A and AAAA lead to the same servers.
        case lockstep
        case apart
    }

    package var mode = Mode.failover
    package var allDown = AllDown.keep
    package var failback = Failback.auto
    package var families = Families.lockstep
    /// Whether a server whose health is `warn` may be chosen.
    package var acceptsWarn = true
    /// Between two changes. Leaving a failed server may do without it once; a failback may not.
    package var minInterval = Duration.seconds(60)
    /// In an hour; then the scheme is frozen and somebody is told.
    package var maxChanges = 6
    /// Whether a value that somebody else has set is set back.
    package var enforces = false

    package init() {}
}
