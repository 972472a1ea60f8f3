import DNSModel
import Wire

// What the daemon has done since its start: counters and histograms.
extension MetricReading {
    var workFamilies: [MetricFamily] {
        var convergence = MetricFamily(
            "dnsconverge_change_convergence_seconds", .histogram,
            "From the decision until the last resolver had the change, of changes that arrived.")
        for (scheme, histogram) in measures.convergence.sorted(by: { $0.key < $1.key }) {
            convergence.add(histogram, Label("scheme", scheme.text))
        }
        return [convergence] + checkFamilies + providerFamilies
    }

    private var checkFamilies: [MetricFamily] {
        var durations = MetricFamily("dnsconverge_check_duration_seconds", .histogram, "How long checks took.")
        for (kind, histogram) in measures.checkDurations.sorted(by: { $0.key < $1.key }) {
            durations.add(histogram, Label("kind", kind))
        }
        var checks = MetricFamily("dnsconverge_checks_total", .counter, "Checks that were made, by what they said.")
        let counted = measures.checks.sorted {
            ($0.key.kind, $0.key.health.rawValue) < ($1.key.kind, $1.key.health.rawValue)
        }
        for (labels, count) in counted {
            checks.add(Double(count), Label("kind", labels.kind), Label("result", labels.health.rawValue))
        }
        var lateness = MetricFamily(
            "dnsconverge_check_lateness_seconds", .histogram, "How long after they were due checks began.")
        lateness.add(measures.lateness)
        return [durations, checks, lateness]
    }

    private var providerFamilies: [MetricFamily] {
        var durations = MetricFamily(
            "dnsconverge_provider_call_duration_seconds", .histogram, "How long provider calls took.")
        for (kind, histogram) in measures.callDurations.sorted(by: { $0.key < $1.key }) {
            durations.add(histogram, Label("provider", kind))
        }
        var calls = MetricFamily(
            "dnsconverge_provider_changes_total", .counter,
            "RRsets that providers were asked to change, by the outcome.")
        for (labels, count) in measures.calls.sorted(by: {
            ($0.key.kind, $0.key.outcome) < ($1.key.kind, $1.key.outcome)
        }) {
            calls.add(Double(count), Label("provider", labels.kind), Label("outcome", labels.outcome))
        }
        return [durations, calls]
    }

    var queryFamilies: [MetricFamily] {
        var outcomes = MetricFamily("dnsconverge_dns_queries_total", .counter, "DNS queries that have ended, by how.")
        for (outcome, count) in queries.sorted(by: { $0.key < $1.key }) {
            outcomes.add(Double(count), Label("outcome", outcome))
        }
        var sent = MetricFamily(
            "dnsconverge_dns_messages_total", .counter, "DNS messages over UDP and TCP, retransmissions included.")
        sent.add(Double(messages.sent), Label("direction", "sent"))
        sent.add(Double(messages.received), Label("direction", "received"))
        var ignored = MetricFamily(
            "dnsconverge_dns_ignored_messages_total", .counter, "DNS messages that answered no query of ours.")
        let reasons = [
            ("wrong_source", messages.ignored.wrongSource), ("wrong_id", messages.ignored.wrongID),
            ("wrong_question", messages.ignored.wrongQuestion), ("not_a_reply", messages.ignored.notAReply),
            ("late", messages.ignored.late), ("malformed", messages.malformed),
        ]
        for (reason, count) in reasons { ignored.add(Double(count), Label("reason", reason)) }
        var queue = MetricFamily(
            "dnsconverge_query_budget_waiting", .gauge,
            "How many wait for their turn to ask a resolver operator, by query_budget.")
        queue.add(Double(budgetQueue))
        return [outcomes, sent, ignored, queue]
    }
}
