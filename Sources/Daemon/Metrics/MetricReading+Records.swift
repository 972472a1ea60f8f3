import DNSModel
import FoundationEssentials

// What the last look at each record has found: by the scheme, the name that was asked for, and the type.
extension MetricReading {
    private static let authoritative: [Verdict] = [
        .converged, .lagging, .wrong, .lame, .failing, .timeout, .hidden, .unjudged, .notAsked,
    ]
    private static let resolver: [Verdict] = [
        .converged, .stale, .mixed, .negative, .wrong, .blocked, .bogus, .failing, .timeout, .intercepted, .hidden,
        .unjudged, .notAsked,
    ]

    var recordFamilies: [MetricFamily] {
        var answers = MetricFamily(
            "dnsconverge_record_answers", .gauge,
            "How many authoritative addresses, or resolver operators, have the verdict.")
        var ratio = MetricFamily(
            "dnsconverge_record_converged_ratio", .gauge,
            "The part of the authoritative addresses, or of the counted operators, that has the record; absent while unknown."
        )
        var eta = MetricFamily(
            "dnsconverge_record_eta_seconds", .gauge,
            "Until the last cache that was seen drops an old answer; absent when there is none, or no bound.")
        var looked = MetricFamily(
            "dnsconverge_record_last_measurement_timestamp_seconds", .gauge,
            "When the record was last looked at everywhere, in seconds since 1970.")
        for scheme in schemes {
            for report in scheme.reports {
                let record = [
                    Label("scheme", scheme.status.name), Label("name", report.name), Label("type", report.type),
                ]
                add(report, record, to: &answers, &ratio)
                let left = report.convergence.etaBy.map { max(0, $0.timeIntervalSince(at)) }
                eta.add(left, labels: record)
                looked.add(report.ended.timeIntervalSince1970, labels: record)
            }
        }
        return [answers, ratio, eta, looked]
    }

    private func add(
        _ report: PropagationReport, _ record: [Label], to answers: inout MetricFamily, _ ratio: inout MetricFamily
    ) {
        let servers = report.observations.filter { $0.side == .authoritative }.map(\.verdict)
        let operators = report.operators.map(\.verdict)
        let sides = [("authoritative", servers, Self.authoritative), ("resolver", operators, Self.resolver)]
        for (side, verdicts, known) in sides where !verdicts.isEmpty {
            for verdict in known {
                answers.add(
                    Double(verdicts.count { $0 == verdict }),
                    labels: record + [Label("side", side), Label("verdict", verdict.rawValue)])
            }
        }
        let convergence = report.convergence
        if convergence.authoritative.total > 0 {
            ratio.add(
                Double(convergence.authoritative.converged) / Double(convergence.authoritative.total),
                labels: record + [Label("side", "authoritative")])
        }
        if convergence.operators.counted > 0 {
            ratio.add(
                Double(convergence.operators.converged) / Double(convergence.operators.counted),
                labels: record + [Label("side", "resolver")])
        }
    }
}
