import DNSModel
import FoundationEssentials

/// How far the record has arrived, until when it will have, and how the last changes did.
struct SpreadSection {
    private let view: SchemeView

    init(_ view: SchemeView) {
        self.view = view
    }

    var html: HTML {
        """
        <section id="spread" class="card" aria-labelledby="spread-title">
        <h2 id="spread-title">Convergence \(look)</h2>
        \(view.reports.isEmpty ? nobody : .empty)\(view.reports.map(progress))\(ConvergencePlot(view).html)</section>

        """
    }

    private var nobody: HTML { "<p class=\"dim\">The servers and resolvers have not been looked at yet.</p>\n" }

    private var look: HTML {
        let following: HTML =
            view.status.following.map { "<span class=\"tag on\">following change \($0.change)</span> " }
            ?? .empty
        let time: HTML = view.lastLook.map { "<small>last look \(view.times.html($0, isAge: true))</small>" } ?? .empty
        return following + time
    }

    private func progress(_ report: PropagationReport) -> HTML {
        let (operators, authoritative) = (report.convergence.operators, report.convergence.authoritative)
        let percent: HTML =
            operators.percent.map { "<span class=\"big\">\(PercentText.text($0))%</span> " } ?? .empty
        return """
            <div class="progress">
            <p><strong><code>\(report.name)</code> \(report.type)</strong> \(Mark(report.status).html)</p>
            <p class="far">\(percent)\(operators.converged) of \(operators.counted) operators, \
            \(authoritative.converged) of \(authoritative.total) authoritative addresses</p>
            \(VerdictBar(report).html)\(eta(report))</div>

            """
    }

    private func eta(_ report: PropagationReport) -> HTML {
        let convergence = report.convergence
        guard let bound = convergence.etaBound else {
            guard report.gate.state == .held else { return .empty }
            return
                "<p class=\"eta\">Resolvers are asked once the authoritative servers agree\(because(report.gate.reason))</p>\n"
        }
        guard bound != .unknown, let by = convergence.etaBy else {
            return "<p class=\"eta\">Nobody can say until when\(because(convergence.etaReason))</p>\n"
        }
        let word: HTML = bound == .atLeast ? "Not before" : "By"
        return """
            <p class="eta">\(word) \(view.times.html(by)), \
            <strong>\(view.times.countdown(to: by, from: report.reportedAt))</strong>\(because(convergence.etaReason))</p>

            """
    }

    private func because(_ reason: String?) -> HTML { reason.map { ": \($0)" } ?? .empty }
}

/// The operators of a report by their verdicts, as parts of a bar.
struct VerdictBar {
    private let report: PropagationReport

    init(_ report: PropagationReport) {
        self.report = report
    }

    private static let order: [Mark.Tone] = [.good, .warn, .bad, .dim]

    var html: HTML {
        let counts = Dictionary(grouping: report.operators) { Mark($0.verdict).tone }.mapValues(\.count)
        let total = max(1, report.operators.count)
        var (start, parts) = (0, [HTML]())
        for tone in Self.order {
            guard let count = counts[tone] else { continue }
            parts.append(Self.part(tone, from: start, count, of: total))
            start += count
        }
        return """
            <svg class="bar" role="img" aria-label="\(words)">\(parts)</svg>
            <p class="key">\(key)</p>

            """
    }

    private static func part(_ tone: Mark.Tone, from start: Int, _ count: Int, of total: Int) -> HTML {
        """
        <rect class="\(tone.rawValue)" x="\(percent(start, total))%" width="\(percent(count, total))%" height="100%"/>
        """
    }

    private static func percent(_ count: Int, _ total: Int) -> String {
        PercentText.text(Double(count) * 100 / Double(total))
    }

    /// The verdicts with their numbers, the good ones first.
    private var verdicts: [(verdict: Verdict, count: Int)] {
        Verdict.allCases.compactMap { verdict in report.counts[verdict.rawValue].map { (verdict, $0) } }
    }

    private var key: HTML {
        verdicts.map { verdict, count -> HTML in "<span>\(count) \(Mark(verdict).html)</span>" }.joined(separator: " ")
    }

    private var words: String { verdicts.map { "\($0.count) \($0.verdict.word)" }.joined(separator: ", ") }
}
