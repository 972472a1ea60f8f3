import DNSModel
import Failover
import FoundationEssentials
import Logging
import Wire

/// Tells the log, and the people that a scheme's settings name, what the engine does.
package actor EngineReporter: EngineObserver {
    private let logger: Logger
    private let notifier: Notifier<ContinuousClock>
    private let runner: HookRunner?
    private let now: @Sendable () -> Date
    private var schemes: [SchemeName: ConfiguredScheme] = [:]
    /// Who is told of what concerns no scheme alone: whoever is told of anything.
    private var general = NotificationSettings()
    private var generalHooks = HookSettings()
    /// Is told that something has happened to a scheme.
    private var onRecord: @Sendable (SchemeName) async -> Void = { _ in }
    /// Is told how a change has arrived.
    private var onConvergence: @Sendable (Convergence, SchemeName) async -> Void = { _, _ in }

    /// Without a `runner` no hooks are run.
    package init(
        logger: Logger, network: Network, runner: HookRunner? = nil, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.logger = logger
        self.runner = runner
        notifier = Notifier(network: network)
        self.now = now
    }

    package func configure(
        _ schemes: [ConfiguredScheme], general: NotificationSettings = NotificationSettings(),
        hooks: HookSettings = HookSettings()
    ) {
        generalHooks = hooks
        self.schemes = Dictionary(schemes.map { ($0.scheme.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.general = NotificationSettings.union([general] + schemes.map(\.notifications))
    }

    func setOnConvergence(_ onConvergence: @escaping @Sendable (Convergence, SchemeName) async -> Void) {
        self.onConvergence = onConvergence
    }

    func setOnRecord(_ onRecord: @escaping @Sendable (SchemeName) async -> Void) { self.onRecord = onRecord }

    /// What okerr is told of a scheme; nil when it is told nothing.
    func okerr(_ scheme: SchemeName) -> (scheme: Scheme, push: NotificationSettings.OkerrPush)? {
        schemes[scheme].flatMap { configured in configured.notifications.okerr.map { (configured.scheme, $0) } }
    }

    /// The journal itself is in trouble, or out of it.
    func tell(_ report: JournalReport) async {
        let notice = Notice(
            scheme: nil, record: nil, severity: report.isProblem ? .critical : .warning,
            code: report.isProblem ? "journal" : Alert.Code.recovered.rawValue, text: report.text, time: now())
        await tell(notice, by: general)
        await run(generalHooks, for: notice)
    }

    package func alert(_ alert: Alert, of scheme: SchemeName) async {
        guard let configured = schemes[scheme] else { return }
        let notice = Notice(alert, of: configured.scheme, at: now())
        await tell(notice, by: configured.notifications)
        await run(configured.hooks, for: notice)
    }

    private func run(_ hooks: HookSettings, for notice: Notice) async {
        guard case .done(let failures)? = await runner?.run(hooks, for: HookEvent(alert: notice)) else { return }
        for failure in failures { logger.warning("\(notice.scheme?.text ?? "all schemes"): hook failed: \(failure)") }
    }

    package func record(_ record: JournalRecord) async {
        if let scheme = record.scheme { await onRecord(scheme) }
        guard let entry = HistoryEntry(record) else { return }
        let scheme = entry.scheme.map { "\($0): " } ?? ""
        let change = entry.change.map { "change \($0): " } ?? ""
        let replies = entry.replies.isEmpty ? "" : " (\(entry.replies.joined(separator: "; ")))"
        logger.log(level: Self.level(of: record.event), "\(scheme)\(change)\(entry.text)\(replies)")
    }

    package func spread(_ spread: Spread, of plan: ChangePlan, convergence: Convergence) async {
        if spread == .converged { await onConvergence(convergence, plan.scheme) }
        guard spread == .converged, let configured = schemes[plan.scheme] else { return }
        let notice = Notice(
            scheme: plan.scheme, record: configured.scheme.record.name, severity: .notice, code: "converged",
            text: "change \(plan.number): \(plan.summary): \(convergence.summary)", time: now())
        await tell(notice, by: configured.notifications)
    }

    private func tell(_ notice: Notice, by settings: NotificationSettings) async {
        for failure in await notifier.tell(notice, by: settings) {
            logger.error("\(notice.scheme?.text ?? "all schemes"): nobody was told of “\(notice.code)”: \(failure)")
        }
    }

    private static func level(of event: JournalEvent) -> Logger.Level {
        switch event {
        case .alert(let alert):
            switch alert.severity {
            case .critical: .error
            case .warning: .warning
            case .notice: .notice
            }
        case .intent, .outcome, .spread: .notice
        case .observation, .memory: .debug
        default: .info
        }
    }
}
