import DNSModel
import Failover
import FoundationEssentials
import Logging
import ServiceLifecycle
import UnixSignals
import Wire

/// The long-running program: all schemes of a configuration, checked, decided and followed, until a signal ends it.
package struct Daemon: Sendable {
    package struct Options: Sendable {
        /// Decides and notes, and changes nothing.
        package var observesOnly = false
        package var version = ""

        package init() {}
    }

    private let configuration: Configuration
    private let options: Options
    private let logger: Logger
    private let network: Network
    private let journal: any Journal
    /// What the journal says of itself.
    private let journalReports: AsyncStream<JournalReport>?
    /// Reads the configuration again; nil when it comes from no file.
    private let reload: (@Sendable () throws(ConfigurationErrors) -> Configuration)?

    package init(
        _ configuration: Configuration, options: Options, logger: Logger, network: Network, journal: any Journal,
        journalReports: AsyncStream<JournalReport>? = nil,
        reload: (@Sendable () throws(ConfigurationErrors) -> Configuration)? = nil
    ) {
        self.configuration = configuration
        self.options = options
        self.logger = logger
        self.network = network
        self.journal = journal
        self.journalReports = journalReports
        self.reload = reload
    }

    /// Works until SIGTERM or SIGINT. `onStart` is called once commands are answered.
    package func run(onStart: @escaping @Sendable () async -> Void = {}) async throws {
        ResourceLimits.raiseFiles()
        let state = await journal.state()
        let hub = EventHub()
        let hooks = HookRunner(firstNumber: Int64(Date().timeIntervalSince1970 * 1000))
        let reporter = EngineReporter(logger: logger, network: network, runner: hooks)
        let observer = DaemonObserver(reporter: reporter, hub: hub)
        let budget = QueryBudget(rate: configuration.queryBudget)
        let measures = Measures()
        await reporter.setOnConvergence { await measures.count($0, of: $1) }
        let engine = FailoverEngine(
            parts(observer, budget, measures, after: state.lastChange), memories: state.memories)
        let scheduler = CheckScheduler(
            network: network, clock: ContinuousClock(), meter: { await measures.count($0) },
            deliver: { id, result in await engine.deliver(result, of: id.name, in: id.scheme) })
        let patrol = Patrol(
            engine, RegularLook(network: network, settings: checkSettings, budget: budget),
            interval: configuration.watchInterval)
        let works = Works(
            engine: engine, scheduler: scheduler, reporter: reporter, hub: hub,
            hooks: hooks, patrol: patrol,
            okerr: okerrStates, measures: measures, logger: logger)
        await reporter.setOnRecord { [okerr = works.okerr] in await okerr.note($0) }
        let registry = SchemeRegistry(configuration, works: works, journal: journal)
        await registry.start()
        let adjustments = Adjustments(budget: budget, patrol: patrol, deadMan: deadMan)
        let services = services(works, registry, adjustments, onStart)
        try await ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        ).run()
        await journal.commit([])
        logger.notice("ended; records stay as they are")
    }

    private var okerrStates: OkerrStates {
        OkerrStates(network: network) { [logger] failure in
            if let failure { logger.error("\(failure)") } else { logger.notice("okerr is told of states again") }
        }
    }

    private var deadMan: AdjustableService<DeadManSettings> {
        AdjustableService(configuration.deadMan) { [logger, network] settings in
            await DeadManSwitch(settings, network: network).run { failure in
                if let failure { logger.warning("\(failure)") } else { logger.notice("dead_man: works again") }
            }
        }
    }

    /// The last to be told to end come first.
    private func services(
        _ works: Works, _ registry: SchemeRegistry, _ adjustments: Adjustments,
        _ onStart: @escaping @Sendable () async -> Void
    ) -> [any Service] {
        let manager = ServiceManager()
        let desk = EngineDesk(
            engine: works.engine, journal: journal, version: options.version, observesOnly: options.observesOnly,
            describe: { await registry.describing($0) })
        let keeper = AccessKeeper(token: configuration.apiToken)
        let metrics = MetricsDesk(
            desk: desk, measures: works.measures, budget: adjustments.budget, queries: network.engine)
        let scheduler = works.scheduler
        let parts = WebParts(
            desk: desk, registry: registry, hub: works.hub, keeper: keeper, metrics: metrics,
            kick: { await scheduler.kick($0) }, checks: { await scheduler.punctuality },
            checker: RecordChecker(network: network, settings: checkSettings, budget: adjustments.budget))
        let count = configuration.schemes.count
        let logger = logger
        let started = StartCount(of: configuration.listen == nil ? 1 : 2) {
            manager.tell(.ready, status: "\(count) schemes")
            logger.notice("started with \(count) schemes")
            await onStart()
        }
        var services: [any Service] = []
        if let journal = journal as? any Service { services.append(journal) }
        if let journalReports {
            services.append(
                BackgroundService { for await report in journalReports { await works.reporter.tell(report) } })
        }
        services += [
            EngineService(engine: works.engine), CheckService(scheduler: works.scheduler),
            BackgroundService { await works.patrol.run() },
            BackgroundService { await works.okerr.run { await works.okerrState(of: $0) } }, adjustments.deadMan,
            ControlServer(parts, socket: configuration.socket, logger: logger) { await started.one() },
            SignalService(logger: logger, manager: manager) {
                await Reconfiguration(
                    first: configuration, reload: reload, registry: registry, adjustments: adjustments, keeper: keeper,
                    journal: journal, logger: logger, manager: manager
                ).perform()
            },
        ]
        if let web = webServer(parts, started) { services.append(web) }
        // Ends before the servers do, which wait for the streams that it feeds.
        services.append(BackgroundService { await works.hub.run { await desk.snapshot(of: $0) } })
        if let interval = manager.watchdogInterval {
            services.append(
                BackgroundService {
                    while (try? await ContinuousClock().sleep(for: interval)) != nil {
                        // The engine itself must be able to answer.
                        _ = await works.engine.names
                        manager.tell(.alive)
                    }
                })
        }
        return services
    }

    private func webServer(_ parts: WebParts, _ started: StartCount) -> WebServer? {
        guard let listen = configuration.listen else { return nil }
        let settings = WebSettings(
            listen: listen, hosts: configuration.hosts, hasToken: configuration.apiToken != nil)
        let logger = logger
        return WebServer(parts, settings: settings, logger: logger) { _ in
            logger.notice("listening on \(listen.url)")
            await started.one()
        }
    }

    private func parts(
        _ reporter: any EngineObserver, _ budget: QueryBudget, _ measures: Measures, after last: ChangeNumber
    ) -> EngineParts {
        let gate: any Gatekeeper =
            options.observesOnly ? ClosedGate("this daemon only observes (--observe)") : OpenGate()
        return EngineParts(
            journal: journal, network: network, lookout: Lookout(network: network),
            follower: ChangeFollower(network: network, settings: checkSettings, budget: budget),
            publisher: Publisher(network: network, gatekeeper: gate, meter: { await measures.count($0) }),
            numbers: ChangeNumbers(after: last), observer: reporter)
    }

    private var checkSettings: CheckSettings {
        var settings = CheckSettings([])
        settings.resolvers = network.resolvers.resolvers(in: configuration.resolvers.tiers).map { resolver in
            ResolverTarget(
                resolver,
                destinations: resolver.destinations(over: nil, families: settings.families, allAddresses: false))
        }.filter { !$0.destinations.isEmpty }
        return settings
    }

    /// The group tells of each service's start and end; only what goes wrong matters to our readers.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = .error
        return logger
    }
}
