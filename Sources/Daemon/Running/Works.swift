import DNSModel
import Failover
import FoundationEssentials
import Logging

/// What configured schemes are applied to.
struct Works: Sendable {
    let engine: FailoverEngine
    let scheduler: CheckScheduler<ContinuousClock>
    let reporter: EngineReporter
    let hub: EventHub
    let hooks: HookRunner
    let patrol: Patrol
    let okerr: OkerrStates
    let measures: Measures
    let logger: Logger

    /// Runs these schemes from now on, with their checks, hooks and notifications; those of `general`
    /// are for what concerns no scheme alone.
    func apply(_ schemes: [ConfiguredScheme], general: Configuration) async {
        await reporter.configure(schemes, general: general.notifications, hooks: general.hooks)
        await engine.configure(
            schemes.map { scheme in
                EngineScheme(
                    scheme.scheme, provider: scheme.provider,
                    hooks: ConfiguredHooks(
                        settings: scheme.hooks, record: scheme.scheme.record.name, runner: hooks, logger: logger))
            })
        await scheduler.replace(with: schemes.flatMap(\.checks.values))
        await measures.keep(Set(schemes.map(\.scheme.name)))
        await patrol.replace(with: schemes.map(\.scheme.name))
        await okerr.replace(with: schemes.filter { $0.notifications.okerr != nil }.map(\.scheme.name))
    }

    /// What okerr is told of a scheme now; nil when it is told nothing.
    func okerrState(of name: SchemeName) async -> OkerrStates.State? {
        guard let told = await reporter.okerr(name), let status = await engine[name]?.status(at: Date()) else {
            return nil
        }
        return OkerrStates.State(told.scheme, told.push, status.status, status.summary)
    }
}
