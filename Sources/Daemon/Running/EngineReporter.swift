import DNSModel
import Failover
import FoundationEssentials
import Logging
import Wire

/// Tells the log, and the people that a scheme's settings name, what the engine does.
package actor EngineReporter: EngineObserver {
    private let logger: Logger
    private let notifier: Notifier<ContinuousClock>
    private let now: @Sendable () -> Date
    private var schemes: [SchemeName: ConfiguredScheme] = [:]

    package init(logger: Logger, network: Network, now: @escaping @Sendable () -> Date = { Date() }) {
        self.logger = logger
        notifier = Notifier(network: network)
        self.now = now
    }

    package func configure(_ schemes: [ConfiguredScheme]) {
        self.schemes = Dictionary(schemes.map { ($0.scheme.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package func alert(_ alert: Alert, of scheme: SchemeName) async {
        guard let configured = schemes[scheme] else { return }
        await tell(Notice(alert, of: configured.scheme, at: now()), by: configured)
    }

    package func record(_ record: JournalRecord) {
        guard let entry = HistoryEntry(record) else { return }
        let scheme = entry.scheme.map { "\($0): " } ?? ""
        let change = entry.change.map { "change \($0): " } ?? ""
        let replies = entry.replies.isEmpty ? "" : " (\(entry.replies.joined(separator: "; ")))"
        logger.log(level: Self.level(of: record.event), "\(scheme)\(change)\(entry.text)\(replies)")
    }

    package func spread(_ spread: Spread, of plan: ChangePlan, convergence: Convergence) async {
        guard spread == .converged, let configured = schemes[plan.scheme] else { return }
        let notice = Notice(
            scheme: plan.scheme, record: configured.scheme.record.name, severity: .notice, code: "converged",
            text: "change \(plan.number): \(plan.summary): \(convergence.summary)", time: now())
        await tell(notice, by: configured)
    }

    private func tell(_ notice: Notice, by configured: ConfiguredScheme) async {
        for failure in await notifier.tell(notice, by: configured.notifications) {
            logger.error("\(notice.scheme): nobody was told of “\(notice.code)”: \(failure)")
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
