import DNSModel
import FoundationEssentials

// The state of schemes: gauges, by the scheme's name.
extension MetricReading {
    typealias Label = MetricFamily.Label

    var daemonFamilies: [MetricFamily] {
        var info = MetricFamily("dnsconverge_build_info", .gauge, "The running version; always 1.")
        info.add(1, Label("version", version))
        var start = MetricFamily(
            "dnsconverge_start_time_seconds", .gauge, "When the daemon was started, in seconds since 1970.")
        start.add(started.timeIntervalSince1970)
        var observes = MetricFamily(
            "dnsconverge_observes_only", .gauge, "Whether the daemon decides and changes nothing (--observe).")
        observes.add(observesOnly)
        var journal = MetricFamily(
            "dnsconverge_journal_trouble", .gauge, "Whether the journal cannot be written; changes go on without it.")
        journal.add(hasJournalTrouble)
        var count = MetricFamily("dnsconverge_schemes", .gauge, "How many schemes there are.")
        count.add(Double(schemes.count))
        return [info, start, observes, journal, count]
    }

    var schemeFamilies: [MetricFamily] {
        var status = MetricFamily(
            "dnsconverge_scheme_status", .gauge, "The scheme's state: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.")
        var changed = MetricFamily(
            "dnsconverge_scheme_last_change_timestamp_seconds", .gauge,
            "When the record was last changed, in seconds since 1970.")
        var since = MetricFamily(
            "dnsconverge_scheme_since_change_seconds", .gauge, "How long ago the record was last changed.")
        var pending = MetricFamily(
            "dnsconverge_scheme_change_pending", .gauge, "Whether a change is wanted and held up.")
        var following = MetricFamily(
            "dnsconverge_scheme_change_following", .gauge, "Whether a change is on its way to all caches.")
        var alerts = MetricFamily("dnsconverge_scheme_alert", .gauge, "Alerts that are open; always 1.")
        for scheme in schemes.map(\.status) {
            let label = Label("scheme", scheme.name)
            status.add(Double(scheme.exitCode), label)
            changed.add(scheme.lastChange?.at.timeIntervalSince1970, label)
            since.add(scheme.lastChange.map { max(0, at.timeIntervalSince($0.at)) }, label)
            pending.add(scheme.pending.map { $0.cause != "failback" } ?? false, label)
            following.add(scheme.following != nil, label)
            for alert in scheme.alerts {
                alerts.add(1, label, Label("code", alert.code), Label("severity", alert.severity.rawValue))
            }
        }
        return [status, changed, since, pending, following, alerts]
    }

    var serverFamilies: [MetricFamily] {
        var states = MetricFamily(
            "dnsconverge_indicator_state", .gauge, "The indicator's state: 1 for the one that it has, 0 for the others."
        )
        var published = MetricFamily("dnsconverge_server_published", .gauge, "Whether the record leads to the server.")
        var selected = MetricFamily("dnsconverge_server_selected", .gauge, "Whether the policy picks the server.")
        var checked = MetricFamily(
            "dnsconverge_indicator_last_check_timestamp_seconds", .gauge,
            "When the server was last checked, in seconds since 1970.")
        for scheme in schemes.map(\.status) {
            for server in scheme.servers {
                let labels = (Label("scheme", scheme.name), Label("server", server.name))
                let state = server.maintenance == nil ? server.health.rawValue : Self.maintenance
                for one in Health.allCases.map(\.rawValue) + [Self.maintenance] {
                    states.add(state == one, labels.0, labels.1, Label("state", one))
                }
                published.add(server.isPublished, labels.0, labels.1)
                selected.add(server.isSelected, labels.0, labels.1)
                checked.add(server.lastCheckAt?.timeIntervalSince1970, labels.0, labels.1)
            }
        }
        return [states, published, selected, checked]
    }

    private static let maintenance = "maintenance"
}
