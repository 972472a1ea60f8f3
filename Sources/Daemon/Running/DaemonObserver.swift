import DNSModel
import Failover

/// Everybody who is told what the engine does.
struct DaemonObserver: EngineObserver {
    let reporter: EngineReporter
    let hub: EventHub

    func alert(_ alert: Alert, of scheme: SchemeName) async { await reporter.alert(alert, of: scheme) }

    func record(_ record: JournalRecord) async { await reporter.record(record) }

    func spread(_ spread: Spread, of plan: ChangePlan, convergence: Convergence) async {
        await reporter.spread(spread, of: plan, convergence: convergence)
    }

    func changed(_ scheme: SchemeName) { hub.changed(scheme) }
}
