import DNSModel
import Failover
import FoundationEssentials
import Wire

/// Where metrics are read.
struct MetricsDesk: Sendable {
    let desk: EngineDesk
    let measures: Measures
    let budget: QueryBudget
    let queries: QueryEngine

    func reading() async -> MetricReading {
        let now = Date()
        var reading = MetricReading(at: now, started: desk.started)
        (reading.version, reading.observesOnly) = (desk.version, desk.observesOnly)
        reading.hasJournalTrouble = await desk.journal.problem() != nil
        for engine in await desk.engine.schemes {
            reading.schemes.append(await engine.metrics(at: now))
        }
        reading.measures = await measures.snapshot
        (reading.queries, reading.messages) = (queries.outcomes, queries.counters)
        reading.budgetQueue = await budget.queueLength
        return reading
    }
}

extension SchemeEngine {
    /// Both of one moment.
    fileprivate func metrics(at now: Date) -> MetricReading.Scheme {
        let reports = reports.sorted { $0.key < $1.key }.map(\.value)
        return MetricReading.Scheme(
            status: SchemeStatus(of: controller, reports: reports, at: now), reports: reports)
    }
}
