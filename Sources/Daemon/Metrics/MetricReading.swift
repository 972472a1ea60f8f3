import DNSModel
import Failover
import FoundationEssentials
import Wire

/// All that metrics are made of, read at one moment.
struct MetricReading: Sendable {
    struct Scheme: Sendable {
        let status: SchemeStatus
        let reports: [PropagationReport]
    }

    var at: Date
    var version = ""
    var started: Date
    var observesOnly = false
    var hasJournalTrouble = false
    var schemes: [Scheme] = []
    var measures = Measures.Snapshot()
    var queries: [String: Int] = [:]
    var messages = EngineCounters()
    var budgetQueue = 0

    /// In the order in which they are shown.
    var families: [MetricFamily] {
        daemonFamilies + schemeFamilies + recordFamilies + serverFamilies + workFamilies + queryFamilies
    }
}
