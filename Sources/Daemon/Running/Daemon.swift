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
    /// Reads the configuration again; nil when it comes from no file.
    private let reload: (@Sendable () throws(ConfigurationErrors) -> Configuration)?

    package init(
        _ configuration: Configuration, options: Options, logger: Logger, network: Network, journal: any Journal,
        reload: (@Sendable () throws(ConfigurationErrors) -> Configuration)? = nil
    ) {
        self.configuration = configuration
        self.options = options
        self.logger = logger
        self.network = network
        self.journal = journal
        self.reload = reload
    }

    /// Works until SIGTERM or SIGINT. `onStart` is called once commands are answered.
    package func run(onStart: @escaping @Sendable () async -> Void = {}) async throws {
        ResourceLimits.raiseFiles()
        let state = await journal.state()
        let hub = EventHub()
        let reporter = EngineReporter(logger: logger, network: network)
        let observer = DaemonObserver(reporter: reporter, hub: hub)
        let engine = FailoverEngine(parts(observer, after: state.lastChange), memories: state.memories)
        let scheduler = CheckScheduler(network: network, clock: ContinuousClock()) { id, result in
            await engine.deliver(result, of: id.name, in: id.scheme)
        }
        let hooks = HookRunner(firstNumber: Int64(Date().timeIntervalSince1970 * 1000))
        let works = Works(
            engine: engine, scheduler: scheduler, reporter: reporter, hub: hub, hooks: hooks, logger: logger)
        let registry = SchemeRegistry(configuration, works: works, journal: journal)
        await registry.start()
        let manager = ServiceManager()
        try await ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services(works, registry, manager, onStart).map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        ).run()
        await journal.commit([])
        logger.notice("ended; records stay as they are")
    }

    private func services(
        _ works: Works, _ registry: SchemeRegistry, _ manager: ServiceManager,
        _ onStart: @escaping @Sendable () async -> Void
    ) -> [any Service] {
        let desk = EngineDesk(
            engine: works.engine, journal: journal, version: options.version, observesOnly: options.observesOnly)
        let keeper = AccessKeeper(token: configuration.apiToken)
        let parts = WebParts(desk: desk, registry: registry, hub: works.hub, keeper: keeper)
        let count = configuration.schemes.count
        let logger = logger
        let started = StartCount(of: configuration.listen == nil ? 1 : 2) {
            manager.tell(.ready, status: "\(count) schemes")
            logger.notice("started with \(count) schemes")
            await onStart()
        }
        var services: [any Service] = [
            EngineService(engine: works.engine), CheckService(scheduler: works.scheduler),
            ControlServer(parts, socket: configuration.socket, logger: logger) { await started.one() },
            SignalService(logger: logger, manager: manager) { await reconfigure(registry, keeper, manager) },
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
        if let settings = configuration.deadMan {
            let deadMan = DeadManSwitch(settings, network: network)
            services.append(
                BackgroundService {
                    await deadMan.run { failure in
                        if let failure { logger.warning("\(failure)") } else { logger.notice("dead_man: works again") }
                    }
                })
        }
        return services
    }

    /// On SIGHUP: all that is wrong with the new configuration is told, and the old one goes on.
    private func reconfigure(_ registry: SchemeRegistry, _ keeper: AccessKeeper, _ manager: ServiceManager) async {
        guard let reload else { return logger.notice("there is no configuration file to read again") }
        manager.tell(.reloading)
        defer { manager.tell(.ready) }
        do throws(ConfigurationErrors) {
            let new = try reload()
            if new.store != configuration.store || new.socket != configuration.socket
                || new.listen != configuration.listen || new.hosts != configuration.hosts
            {
                logger.warning("store, socket, listen and hosts stay as they are until the daemon is started anew")
            }
            await replaceToken(new, keeper)
            await registry.replace(new)
            logger.notice("configuration read again: \(new.schemes.count) schemes")
            await journal.commit([
                JournalRecord(at: Date(), scheme: nil, .act(who: "SIGHUP", what: "configuration read again"))
            ])
        } catch {
            for problem in error.problems { logger.error("\(problem.line(in: error.subject))") }
            logger.error("the configuration has \(error.problems.count) problems; the old one goes on")
        }
    }

    /// A server that others can reach keeps the token that it has, rather than none.
    private func replaceToken(_ new: Configuration, _ keeper: AccessKeeper) async {
        if new.apiToken == nil, let listen = configuration.listen, !listen.isLoopback {
            return logger.warning("the api_token stays as it is: \(listen) is no address of this machine alone")
        }
        await keeper.replace(token: new.apiToken)
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

    private func parts(_ reporter: any EngineObserver, after last: ChangeNumber) -> EngineParts {
        let gate: any Gatekeeper =
            options.observesOnly ? ClosedGate("this daemon only observes (--observe)") : OpenGate()
        return EngineParts(
            journal: journal, network: network, lookout: Lookout(network: network),
            follower: ChangeFollower(network: network, settings: checkSettings),
            publisher: Publisher(network: network, gatekeeper: gate), numbers: ChangeNumbers(after: last),
            observer: reporter)
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
