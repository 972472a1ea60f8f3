import FoundationEssentials

extension ReportText {
    /// The verdict, what it is about, and how far it has come.
    var headlineBlock: [StyledText] {
        [headline] + summaryLines + progressLines
    }

    private var headline: StyledText {
        // As long as more answers may come, nothing being known to be wrong says nothing yet.
        let isLooking = style.now != nil && report.pending > 0 && report.reasons.isEmpty
        let status = isLooking ? StyledText("LOOKING") : StyledText(report.status.rawValue, report.status.tone)
        let passed = max(report.elapsedMS, Int(now.timeIntervalSince(report.started) * 1000))
        let elapsed = StyledText(Duration.milliseconds(passed).text, .quiet)
        let subject = StyledText("  \(style.shown(report.name)) \(report.type)", .strong)
        let room = min(style.width, Self.headlineWidth) - elapsed.columns - 2
        return (status + subject).truncated(to: room, ellipsis: style.ellipsis).padded(to: room + 2) + elapsed
    }

    private static let headlineWidth = 100

    private var summaryLines: [StyledText] {
        style.shown(report.summary).wrapped(to: style.width - Self.indent).map { StyledText("  " + $0) }
    }

    /// The bar and what it counts, then until when it lasts.
    private var progressLines: [StyledText] {
        let operators = report.convergence.operators
        let isBarMeant = operators.percent != nil && report.gate.state != .held
        let bar = isBarMeant ? [StyledText("  ") + bar(operators)] : []
        return bar + etaLines
    }

    private func bar(_ operators: PropagationReport.Convergence.Operators) -> StyledText {
        let cells = min(40, style.width / 3)
        let filled = operators.counted == 0 ? 0 : cells * operators.converged / operators.counted
        let (full, empty) = style.unicode ? ("█", "░") : ("#", ".")
        let isDone = operators.converged == operators.counted
        let bar =
            StyledText(String(repeating: full, count: filled), isDone ? .good : .warning)
            + StyledText(String(repeating: empty, count: cells - filled), .quiet)
        let percent = operators.percent.map { PercentText.text($0) + "%" } ?? "-"
        return StyledText("[") + bar + StyledText("]  \(percent) of \(operators.counted) counted operators")
    }

    private var etaLines: [StyledText] {
        guard let text = etaText else { return [] }
        return text.wrapped(to: style.width - Self.indent).map { StyledText("  " + $0, .strong) }
    }

    /// `by 14:32:10, 4m12s: Quad9 still has 192.0.2.1 for 252 s`.
    private var etaText: String? {
        let convergence = report.convergence
        let reason = convergence.etaReason.map { ": " + style.shown($0) } ?? ""
        guard let bound = convergence.etaBound else {
            let isHeld = report.gate.state == .held && !report.operators.isEmpty
            return isHeld ? "resolvers are asked once the authoritative servers agree" : nil
        }
        guard bound != .unknown, let by = convergence.etaBy else { return "until when is unknown\(reason)" }
        let left = Int(by.timeIntervalSince(now).rounded(.up))
        let time = style.clock(by, reference: now)
        let word = bound == .atLeast ? "not before" : "by"
        return "\(word) \(time), \(left > 0 ? ShortTime(left).description : "due now")\(reason)"
    }

    /// Why the status is not OK, worst first, as far as the summary does not say it.
    var reasonLines: [StyledText] {
        let limit = style.verbosity > 0 ? Int.max : 4
        let told = report.reasons.allSatisfy { report.summary.contains($0.text) }
        guard !told else { return [] }
        let lines = report.reasons.prefix(limit).flatMap { reason in
            entry(StyledText(reason.status.rawValue, reason.status.tone), style.shown(reason.text))
        }
        let left = report.reasons.count - limit
        return lines + (left > 0 ? [StyledText("  \(left) more with -v", .quiet)] : [])
    }

    /// A word, and text beside it that goes on below itself.
    func entry(_ word: StyledText, _ text: String, width: Int = 8) -> [StyledText] {
        let indent = Self.indent + max(width, word.columns) + 2
        let lines = text.wrapped(to: style.width - indent)
        guard let first = lines.first else { return [StyledText("  ") + word] }
        let head = StyledText("  ") + word.padded(to: width + 2) + StyledText(first)
        return [head] + lines.dropFirst().map { StyledText(String(repeating: " ", count: indent) + $0) }
    }
}

/// A percentage with at most one decimal, and none that is 0.
package enum PercentText {
    package static func text(_ percent: Double) -> String {
        let tenths = Int((percent * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
