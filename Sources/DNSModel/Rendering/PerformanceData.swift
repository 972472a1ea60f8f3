/// A report's figures for graphs: `'label'=value[unit];warn;crit;min;max`. The labels are the same for every report.
struct PerformanceData {
    private let report: PropagationReport
    private let options: GatheredEvidence.Options
    private let deadline: Duration?
    private let suffix: String

    /// The suffix stands behind each label, where several reports are told apart.
    init(_ report: PropagationReport, options: GatheredEvidence.Options, deadline: Duration?, suffix: String) {
        self.report = report
        self.options = options
        self.deadline = deadline
        self.suffix = suffix
    }

    var text: String {
        let figures = [converged] + transients + alarms + [authoritative, serialSkew, eta, time]
        return figures.map(\.text).joined(separator: " ")
    }

    /// One label with its value; nothing known is `U`.
    private struct Figure {
        let label: String
        var value: String?
        var unit = ""
        var warning = ""
        var critical = ""
        var minimum = ""
        var maximum = ""

        var text: String {
            let fields = ["\(label)=\(value.map { $0 + unit } ?? "U")", warning, critical, minimum, maximum]
            let used = fields.lastIndex { !$0.isEmpty } ?? 0
            return fields[...used].joined(separator: ";")
        }
    }

    /// Whether the percentage is judged by ranges instead of the verdicts that time should change.
    private var hasRanges: Bool { options.warning != nil || options.critical != nil }

    private var total: Int { report.convergence.operators.total }

    private var converged: Figure {
        Figure(
            label: "converged" + suffix, value: report.convergence.operators.percent.map(PercentText.text), unit: "%",
            warning: hasRanges ? options.warning?.description ?? "" : "100:",
            critical: options.critical?.description ?? "")
    }

    private var transients: [Figure] {
        [Verdict.stale, .negative, .mixed].map { figure($0, warning: hasRanges ? "" : "0") }
    }

    private var alarms: [Figure] {
        let half = report.convergence.operators.counted / 2
        return [
            figure(.wrong, critical: "0"), figure(.bogus, critical: "0"), figure(.intercepted, critical: "0"),
            figure(.failing, warning: "0", critical: "\(half)"), figure(.blocked, warning: "0"), figure(.timeout),
        ]
    }

    private func figure(_ verdict: Verdict, warning: String = "", critical: String = "") -> Figure {
        Figure(
            label: verdict.rawValue + suffix, value: "\(report.counts[verdict.rawValue] ?? 0)", warning: warning,
            critical: critical, minimum: "0", maximum: "\(total)")
    }

    private var authoritative: Figure {
        let addresses = report.convergence.authoritative
        return Figure(
            label: "auth" + suffix, value: "\(addresses.converged)", warning: "\(addresses.total):", minimum: "0",
            maximum: "\(addresses.total)")
    }

    private var serialSkew: Figure {
        Figure(label: "serial_skew" + suffix, value: report.zone?.serialSkew.map { "\($0)" }, minimum: "0")
    }

    private var eta: Figure {
        let isDone = report.status == .ok
        let seconds = isDone ? 0 : report.convergence.etaSeconds
        return Figure(label: "eta" + suffix, value: seconds.map { "\($0)" }, unit: "s", minimum: "0")
    }

    private var time: Figure {
        Figure(
            label: "time" + suffix, value: Self.seconds(report.elapsedMS), unit: "s",
            critical: deadline.map { Self.seconds($0.wholeMilliseconds) } ?? "", minimum: "0")
    }

    private static func seconds(_ milliseconds: Int) -> String {
        let fraction = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}
