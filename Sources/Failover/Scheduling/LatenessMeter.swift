/// How late checks began. It counts in classes, of which each is a quarter wider than the one before, so that it takes the
/// same little memory however long it counts.
package struct LatenessMeter: Sendable {
    package private(set) var count = 0
    package private(set) var largest = Duration.zero
    private var classes = [Int](repeating: 0, count: LatenessMeter.limits.count)

    private static let limits: [Duration] = sequence(first: Duration.microseconds(100)) { last in
        last < .seconds(3600) ? last * 5 / 4 : nil
    }.map(\.self)

    package init() {}

    mutating func record(_ lateness: Duration) {
        count += 1
        largest = max(largest, lateness)
        classes[Self.limits.firstIndex { lateness <= $0 } ?? Self.limits.count - 1] += 1
    }

    /// As late as that part of all checks, or less; a quarter too much at the most.
    package func percentile(_ part: Double) -> Duration {
        let wanted = Int((Double(count) * part).rounded(.up))
        var seen = 0
        for (limit, number) in zip(Self.limits, classes) {
            seen += number
            if seen >= wanted, seen > 0 { return min(limit, largest) }
        }
        return largest
    }
}
