import FoundationEssentials

/// How a server is, as its checks say once enough of them agree. It begins with `unknown`.
///
/// `ok`, `warn` and `fail` are an order. A worse health needs `fall` results that are at least as bad, a better one `rise`
/// results that are at least as good, and both their floor in time. A result of `unknown` counts neither way and
/// interrupts nothing; `fall` of them in a row make the indicator `unknown`, and counting begins anew.
package struct Indicator: Hashable, Sendable {
    package var thresholds: Thresholds
    package private(set) var health = Health.unknown
    /// What the result said that decided the health.
    package private(set) var reason = "not checked yet"
    /// Since when the health is what it is; nil before the first result.
    package private(set) var since: Date?
    package private(set) var last: Sighting?
    /// The source says that the server is in maintenance; a result that could not judge takes nothing back.
    package private(set) var isInMaintenance = false
    /// Results in a row that could not judge.
    package private(set) var unknownsInARow = 0
    private var falling: [Health: Streak] = [:]
    private var rising: [Health: Streak] = [:]
    private var changes: [Date] = []

    /// A result and when it came.
    package struct Sighting: Hashable, Sendable {
        package let result: CheckResult
        package let at: Date
    }

    package struct Transition: Hashable, Sendable {
        package let from: Health
        package let to: Health
        package let reason: String
    }

    /// Changes of the last hour are remembered, but no more than so many.
    private static let changeLimit = 100

    package init(thresholds: Thresholds = Thresholds()) {
        self.thresholds = thresholds
    }

    /// Counts a result, and gives the change of health that it caused.
    package mutating func record(_ result: CheckResult, at now: Date) -> Transition? {
        startTheClock(now)
        last = Sighting(result: result, at: now)
        if result.health == .unknown {
            isInMaintenance = isInMaintenance || result.isMaintenance
            return recordUnknown(result, at: now)
        }
        isInMaintenance = result.isMaintenance
        unknownsInARow = 0
        count(result.health, at: now)
        return judge(at: now)
    }

    /// Gives the change of health that time alone has caused: a floor was reached, or a result holds no longer.
    package mutating func advance(to now: Date) -> Transition? {
        startTheClock(now)
        guard let last else { return nil }
        if let end = last.result.validUntil, end <= now, health != .unknown {
            forget()
            return change(to: .unknown, "nothing new since \(last.result.reason)", at: now)
        }
        return judge(at: now)
    }

    /// When `advance` may have something to say, if nothing comes before; it can be past.
    package var nextChange: Date? {
        guard let last, last.result.health != .unknown else {
            return health == .unknown ? nil : last?.result.validUntil
        }
        let floors =
            falling.filter { isWorse($0.key) && $0.value.count >= fall && $0.value.isCurrent }
            .map { $0.value.since.addingTimeInterval(thresholds.downAfter.seconds) }
            + rising.filter { isBetter($0.key) && $0.value.count >= rise }
            .map { $0.value.since.addingTimeInterval(thresholds.upAfter.seconds) }
        let expiry = health == .unknown ? nil : last.result.validUntil
        return (floors + [expiry].compactMap { $0 }).min()
    }

    /// How often the health has changed between `ok`, `warn` and `fail` since then.
    package func flaps(since start: Date) -> Int {
        changes.count { $0 >= start }
    }

    private var fall: Int { max(1, thresholds.fall) }
    private var rise: Int { max(1, thresholds.rise) }
}

extension Indicator {
    /// Results in a row that are at least as bad, or as good, as some health.
    private struct Streak: Hashable, Sendable {
        var count = 0
        var since: Date
        /// Results in a row that did not belong to it.
        var misses = 0

        /// Whether the last result belonged to it.
        var isCurrent: Bool { misses == 0 }
    }

    private mutating func count(_ seen: Health, at now: Date) {
        for level in [Health.warn, .fail] {
            guard seen.severity < level.severity else {
                falling[level, default: Streak(since: now)].count += 1
                falling[level]?.misses = 0
                continue
            }
            falling[level]?.misses += 1
            if let streak = falling[level], streak.misses >= max(1, thresholds.forgive) { falling[level] = nil }
        }
        for level in [Health.ok, .warn] {
            if seen.severity <= level.severity {
                rising[level, default: Streak(since: now)].count += 1
            } else {
                rising[level] = nil
            }
        }
    }

    private mutating func recordUnknown(_ result: CheckResult, at now: Date) -> Transition? {
        unknownsInARow += 1
        guard unknownsInARow >= fall else { return nil }
        forget()
        return change(to: .unknown, result.reason, at: now)
    }

    /// The worst health that enough results call for, else the best.
    private mutating func judge(at now: Date) -> Transition? {
        guard let last, last.result.health != .unknown else { return nil }
        for level in [Health.fail, .warn] where isWorse(level) {
            if let streak = falling[level], streak.isCurrent, streak.count >= fall,
                streak.since.addingTimeInterval(thresholds.downAfter.seconds) <= now
            {
                return change(to: level, last.result.reason, at: now)
            }
        }
        for level in [Health.ok, .warn] where isBetter(level) {
            if let streak = rising[level], streak.count >= rise,
                streak.since.addingTimeInterval(thresholds.upAfter.seconds) <= now
            {
                return change(to: level, last.result.reason, at: now)
            }
        }
        return nil
    }

    /// From `unknown` every health is a change for the worse, or for the better, as its results are counted.
    private func isWorse(_ level: Health) -> Bool { health == .unknown || level.severity > health.severity }
    private func isBetter(_ level: Health) -> Bool { health == .unknown || level.severity < health.severity }

    private mutating func change(to new: Health, _ reason: String, at now: Date) -> Transition? {
        self.reason = reason
        guard new != health else { return nil }
        let old = health
        if old != .unknown, new != .unknown { changes = changes.suffix(Self.changeLimit - 1) + [now] }
        health = new
        since = now
        return Transition(from: old, to: new, reason: reason)
    }

    private mutating func forget() {
        falling = [:]
        rising = [:]
    }

    /// A clock that was set back makes nothing wait for the time that it came from.
    private mutating func startTheClock(_ now: Date) {
        since = since.map { min($0, now) } ?? now
        changes = changes.map { min($0, now) }
        for level in falling.keys { falling[level]?.since.limit(to: now) }
        for level in rising.keys { rising[level]?.since.limit(to: now) }
    }
}

extension Date {
    /// Makes a later date this one, as a clock that was set back asks for.
    mutating func limit(to now: Date) {
        if self > now { self = now }
    }
}
