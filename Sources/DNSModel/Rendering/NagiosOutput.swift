/// What a monitoring plugin prints: one line that says it, performance data behind a bar, then details (Monitoring Plugins
/// Development Guidelines). ASCII only, since nobody knows who shows it.
package struct NagiosOutput {
    private let reports: [PropagationReport]
    private let options: GatheredEvidence.Options
    private let deadline: Duration?
    private let verbosity: Int

    /// Performance data repeat the ranges of `options`, and the longest that the check could have taken.
    package init(
        _ reports: [PropagationReport], options: GatheredEvidence.Options, deadline: Duration? = nil, verbosity: Int = 0
    ) {
        self.reports = reports.sorted { $0.status > $1.status }
        self.options = options
        self.deadline = deadline
        self.verbosity = verbosity
    }

    /// The whole output without the last line's end; less than 4 KiB, which is what the oldest readers take.
    package var text: String { Self.joined(["\(headline) | \(performanceData)"] + details) }

    /// As many of the lines, the first in any case, as the oldest readers take.
    static func joined(_ lines: [String]) -> String {
        var size = 0
        let taken = lines.enumerated().prefix { index, line in
            size += line.utf8.count + 1
            return index == 0 || size <= sizeLimit
        }
        return taken.map(\.element).joined(separator: "\n")
    }

    private static let sizeLimit = 4000
    /// How long the line may be before the bar.
    static let headlineLimit = 79
    private static let service = "PROPAGATION"

    private var status: Status { reports.map(\.status).max() ?? .unknown }

    private var performanceData: String {
        reports.map { report in
            PerformanceData(
                report, options: options, deadline: deadline, suffix: reports.count > 1 ? "_" + report.type : ""
            ).text
        }.joined(separator: " ")
    }
}

// The first line.
extension NagiosOutput {
    /// A line for a result that is no report.
    package static func line(_ status: Status, _ text: String) -> String {
        clipped("\(service) \(status.rawValue): \(plain(text))", to: headlineLimit)
    }

    /// What is printed when no check could be made: a line that fits, and below it the whole message when it does not.
    package static func failureLine(_ message: String) -> String {
        let line = line(.unknown, message)
        return line.hasSuffix(plain(message)) ? line : line + "\n" + plain(message)
    }

    private var headline: String {
        let start = "\(Self.service) \(status.rawValue): "
        let name = Self.plain(reports.first?.name ?? "")
        let result = reports.map { "\($0.type) \(Self.plain($0.summary))" }.joined(separator: "; ")
        let room = Self.headlineLimit - start.utf8.count - result.utf8.count - 1
        let shortened = Self.shortened(name, to: max(room, min(name.utf8.count, Self.shortestName)))
        return Self.clipped("\(start)\(shortened) \(result)", to: Self.headlineLimit)
    }

    /// However much there is to say, so much of the name is left.
    private static let shortestName = 12

    /// Without its middle: both ends tell names apart.
    private static func shortened(_ name: String, to length: Int) -> String {
        guard name.utf8.count > length, length > 2 else { return name }
        let head = (length - 2) / 2
        return name.prefix(head) + ".." + name.suffix(length - 2 - head)
    }

    static func clipped(_ line: String, to length: Int) -> String {
        line.utf8.count > length ? line.prefix(length - 2) + ".." : line
    }

    /// ASCII without the bar, which begins performance data.
    static func plain(_ text: String) -> String {
        String(PrintableText(text, asciiOnly: true).text.map { $0 == "|" ? "/" : $0 })
    }
}

// The lines after the first.
extension NagiosOutput {
    private var details: [String] {
        reports.flatMap { report in
            let prefix = reports.count > 1 ? "\(report.type): " : ""
            return lines(of: report).map { Self.plain(prefix + $0) }
        }
    }

    private func lines(of report: PropagationReport) -> [String] {
        var lines = report.reasons.map { "\($0.status.rawValue): \($0.text)" }
        let convergence = report.convergence
        if let reason = convergence.etaReason { lines.append("eta: \(reason)") }
        lines += grouped(report.observations.filter { $0.side == .authoritative }, "auth", \.verdict) { row in
            "\(row.label) \(row.address)\(Self.answer(row.values, row.error ?? row.rcode, row.ttl))"
        }
        lines += grouped(report.operators, "resolvers", \.verdict) { row in
            "\(row.name)\(Self.answer(row.values, row.notAsked ?? row.error ?? row.rcode, row.ttl))"
        }
        lines += report.findings.filter { $0.severity != .note || verbosity > 1 }.map { finding in
            "\(finding.severity.rawValue): \(finding.subject): \(finding.detail) (\(finding.code))"
        }
        return lines
    }

    /// One line for each verdict; what has converged is only counted, unless asked for.
    private func grouped<Row>(
        _ rows: [Row], _ title: String, _ verdict: (Row) -> Verdict, _ text: (Row) -> String
    ) -> [String] {
        let groups = Dictionary(grouping: rows, by: verdict)
        return Verdict.allCases.compactMap { verdict in
            guard let group = groups[verdict] else { return nil }
            let isUneventful = verdict == .converged || verdict == .notAsked
            let isListed = !isUneventful || verbosity > 0
            return "\(title) \(verdict.word): "
                + (isListed ? group.map(text).joined(separator: ", ") : "\(group.count)")
        }
    }

    private static func answer(_ values: [String], _ problem: String?, _ ttl: UInt32?) -> String {
        let answer = values.isEmpty ? problem ?? "" : values.joined(separator: "+")
        return (answer.isEmpty ? "" : " " + answer) + (ttl.map { " ttl \($0)" } ?? "")
    }
}
