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
}
