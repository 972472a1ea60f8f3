import DNSModel
import Failover
import Logging

/// What a configuration is applied to.
struct Works: Sendable {
    let engine: FailoverEngine
    let scheduler: CheckScheduler<ContinuousClock>
    let reporter: EngineReporter
    let hooks: HookRunner
    let logger: Logger

    /// Runs these schemes from now on, with their checks, hooks and notifications.
    func apply(_ configuration: Configuration) async {
        for warning in configuration.warnings { logger.warning("\(warning)") }
        await reporter.configure(configuration.schemes)
        await engine.configure(
            configuration.schemes.map { scheme in
                EngineScheme(
                    scheme.scheme, provider: scheme.provider,
                    hooks: ConfiguredHooks(
                        settings: scheme.hooks, record: scheme.scheme.record.name, runner: hooks, logger: logger))
            })
        await scheduler.replace(with: configuration.schemes.flatMap(\.checks.values))
    }
}
