extension Convergence {
    /// From then on, that part of the operators had the change.
    package struct Point: Hashable, Sendable {
        package let time: Duration
        package let percent: Double

        package init(time: Duration, percent: Double) {
            self.time = time
            self.percent = percent
        }
    }

    /// The steps by which the change arrived, beginning with nobody at 0 s. Empty when no operator could be judged.
    package var curve: [Point] {
        guard counted > 0 else { return [] }
        var points = [Point(time: .zero, percent: 0)]
        for (index, time) in arrivals.values.sorted().enumerated() {
            let point = Point(time: time, percent: Double(index + 1) * 100 / Double(counted))
            // Those that arrived together are one step.
            if points.last?.time == time { points.removeLast() }
            points.append(point)
        }
        return points
    }
}
