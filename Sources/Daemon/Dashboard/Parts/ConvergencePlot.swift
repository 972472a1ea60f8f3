import DNSModel
import Failover
import FoundationEssentials

/// How changes arrived at the operators over time: this one, and those before it.
struct ConvergencePlot {
    private struct Line {
        let change: ChangeRecord
        /// How long it has been followed, where it still is.
        let elapsed: Duration?
        let style: String
    }

    private static let limit = 4

    private let view: SchemeView
    private let lines: [Line]
    private let axis: TimeAxis

    init(_ view: SchemeView) {
        self.view = view
        let following = view.status.following?.change
        let shown = view.changes.filter { !$0.convergence.curve.isEmpty }.prefix(Self.limit)
        lines = shown.enumerated().map { index, change in
            let isRunning = change.plan.number.value == following
            let elapsed = view.lastLook.map { Duration.seconds(max(0, $0.timeIntervalSince(change.plan.decidedAt))) }
            return Line(change: change, elapsed: isRunning ? elapsed : nil, style: "line-\(index)")
        }
        axis = TimeAxis(
            upTo: lines.flatMap { line in line.change.convergence.curve.map(\.time) + [line.elapsed ?? .zero] })
    }

    var html: HTML {
        guard !lines.isEmpty else { return .empty }
        return """
            <figure class="curves">
            <figcaption>Operators that have the change, by the time since it was decided</figcaption>
            <svg class="plot" role="img" aria-label="\(words)">
            \(grid)<svg viewBox="0 0 1000 100" preserveAspectRatio="none" overflow="visible">
            \(lines.reversed().map(curve))</svg></svg>
            <ul class="key">
            \(lines.map(legend))</ul>
            </figure>

            """
    }

    private var grid: HTML {
        let rows = [0, 50, 100].map { percent -> HTML in
            """
            <line x1="0" x2="100%" y1="\(100 - percent)%" y2="\(100 - percent)%"/>\
            <text class="y" x="-6" y="\(100 - percent)%" dy="4">\(percent)%</text>

            """
        }
        let columns = axis.ticks.map { tick -> HTML in
            """
            <text class="x" x="\(PercentText.text(axis.part(tick) * 100))%" y="100%" dy="16">\
            \(ShortTime(Int(tick.components.seconds)).description)</text>

            """
        }
        return "<g class=\"grid\">\(rows)\(columns)</g>\n"
    }

    private func curve(_ line: Line) -> HTML {
        var (path, height) = ("", 0.0)
        for point in line.change.convergence.curve {
            let x = coordinate(point.time)
            path += path.isEmpty ? "M\(x) \(Self.text(100 - height))" : "H\(x)"
            height = point.percent
            path += "V\(Self.text(100 - height))"
        }
        if let elapsed = line.elapsed { path += "H\(coordinate(elapsed))" }
        return "<path class=\"\(line.style)\" d=\"\(path)\"/>\n"
    }

    private func coordinate(_ time: Duration) -> String { Self.text(axis.part(time) * 1000) }

    private static func text(_ number: Double) -> String { PercentText.text(number) }

    private func legend(_ line: Line) -> HTML {
        let convergence = line.change.convergence
        let times = [("t50", convergence.t50), ("t90", convergence.t90), ("t100", convergence.t100)].map {
            label, time in
            "\(label) \(time?.text ?? "–")"
        }
        let sample: HTML =
            "<svg class=\"sample\" aria-hidden=\"true\"><line class=\"\(line.style)\" x2=\"100%\" y1=\"50%\" y2=\"50%\"/></svg>"
        let now = line.elapsed == nil ? "" : ", under way"
        return """
            <li>\(sample) change \(line.change.plan.number.value), \(view.times.html(line.change.plan.decidedAt))\(now): \
            \(times.joined(separator: ", ")), \(convergence.arrivals.count) of \(convergence.counted)</li>

            """
    }

    private var words: String {
        lines.map { line in
            "change \(line.change.plan.number): \(line.change.convergence.summary)"
        }.joined(separator: "; ")
    }
}

/// An axis from 0 to the longest of some times, with a few round marks.
struct TimeAxis: Hashable {
    let end: Duration
    let ticks: [Duration]

    private static let steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400]
    private static let most = 5

    init(upTo times: [Duration]) {
        end = max(.seconds(1), times.max() ?? .zero)
        let seconds = Int(end.components.seconds)
        let step = Self.steps.first { seconds / $0 <= Self.most } ?? max(1, seconds / Self.most)
        ticks = stride(from: 0, through: seconds, by: step).map { .seconds($0) }
    }

    /// Where a time stands between 0 and 1.
    func part(_ time: Duration) -> Double { min(1, max(0, time / end)) }
}
