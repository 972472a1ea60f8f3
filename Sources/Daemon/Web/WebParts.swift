import Failover

/// What answers are made of.
struct WebParts: Sendable {
    let desk: EngineDesk
    /// Nil: schemes can be neither added nor removed.
    let registry: SchemeRegistry?
    let hub: EventHub
    let keeper: AccessKeeper
    /// Nil: nothing is measured.
    var metrics: MetricsDesk?
    /// Has a check made at once; nil where there are no checks.
    var kick: (@Sendable (CheckID) async -> Void)?
    /// How the checks keep their times.
    var checks: (@Sendable () async -> CheckPunctuality)?
    /// Looks at records for those who ask; nil where that is not done.
    var checker: RecordChecker?
}
