import DNSModel
import Failover
import Logging

/// What configured schemes are applied to.
struct Works: Sendable {
    let engine: FailoverEngine
    let scheduler: CheckScheduler<ContinuousClock>
    let reporter: EngineReporter
    let hub: EventHub
    let hooks: HookRunner
    let logger: Logger

    /// Runs these schemes from now on, with their checks, hooks and notifications.
    func apply(_ schemes: [ConfiguredScheme]) async {
        await reporter.configure(schemes)
        await engine.configure(
            schemes.map { scheme in
                EngineScheme(
                    scheme.scheme, provider: scheme.provider,
                    hooks: ConfiguredHooks(
                        settings: scheme.hooks, record: scheme.scheme.record.name, runner: hooks, logger: logger))
            })
        await scheduler.replace(with: schemes.flatMap(\.checks.values))
    }
}
