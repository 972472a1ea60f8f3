import DNSModel

/// How often something took how long, in classes whose upper bounds are fixed.
struct Histogram: Hashable, Sendable {
    /// In seconds, ascending.
    let bounds: [Double]
    /// One for each bound, and one for all above the last.
    private(set) var counts: [Int]
    /// Of all that was observed, in seconds.
    private(set) var sum = 0.0

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    mutating func observe(_ time: Duration) {
        let seconds = max(0, time.seconds)
        counts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] += 1
        sum += seconds
    }

    /// Checks and provider calls: milliseconds to half a minute.
    static let call = Histogram(bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30])
    /// How late a check begins.
    static let lateness = Histogram(bounds: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30])
    /// Until the last cache has a change: seconds to a day, as TTLs are.
    static let convergence = Histogram(
        bounds: [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 43_200, 86_400])
}
