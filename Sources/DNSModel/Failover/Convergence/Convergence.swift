/// How a change arrived: at the authoritative servers, and at one operator after the other. Times are counted from the
/// moment at which the service took the change.
///
/// The percentages are of the operators that could be judged: one that never could, or that fell silent before it had the
/// change, is not among them.
package struct Convergence: Hashable, Sendable, Codable {
    /// When every authoritative address that answers was first seen to have it.
    package private(set) var authoritative: Duration?
    /// When each operator was first seen to have it, and was not seen without it since.
    package private(set) var arrivals: [String: Duration]
    /// Those that could be judged when they were last asked, and did not have it.
    package private(set) var waiting: Set<String>

    package init(
        authoritative: Duration? = nil, arrivals: [String: Duration] = [:], waiting: Set<String> = []
    ) {
        self.authoritative = authoritative
        self.arrivals = arrivals
        self.waiting = waiting.subtracting(arrivals.keys)
    }

    /// Takes in that every authoritative address that answers has it.
    package mutating func reachAuthority(after time: Duration) {
        authoritative = authoritative ?? time
    }

    /// Takes in a look at the operators: those that have it, and those that could be judged and do not. One that is in
    /// neither set could not be judged; if it had the change, it still counts as having it.
    package mutating func look(after time: Duration, converged: Set<String>, others: Set<String>) {
        for name in others { arrivals[name] = nil }
        for name in converged.subtracting(others) where arrivals[name] == nil { arrivals[name] = time }
        waiting = others
    }

    /// How many operators the percentages are of.
    package var counted: Int { arrivals.count + waiting.count }

    /// Somebody was asked, and nobody is without it.
    package var isComplete: Bool { waiting.isEmpty && !arrivals.isEmpty }

    /// When that many percent of the operators had it; nil when so many do not.
    package func time(percent: Int) -> Duration? {
        let needed = max(1, (counted * percent + 99) / 100)
        guard needed <= arrivals.count else { return nil }
        return arrivals.values.sorted()[needed - 1]
    }

    package var t50: Duration? { time(percent: 50) }
    package var t90: Duration? { time(percent: 90) }
    package var t100: Duration? { time(percent: 100) }
}
