import DNSModel
import Wire

/// Tells people by all ways that a scheme's configuration names.
package struct Notifier<C: Clock>: Sendable where C.Duration == Duration {
    private let network: Network
    private let clock: C

    package init(network: Network, clock: C = ContinuousClock()) {
        self.network = network
        self.clock = clock
    }

    /// Tells all of them at once, and gives what did not work, for the log. It takes two minutes at the most.
    package func tell(_ notice: Notice, by settings: NotificationSettings) async -> [String] {
        guard notice.severity.rank >= (settings.severity ?? .warning).rank else { return [] }
        return await withTaskGroup(of: String?.self) { group in
            for webhook in settings.webhooks {
                group.addTask { await WebhookDelivery(webhook, network.http, clock).deliver(notice) }
            }
            for email in settings.emails { group.addTask { await EmailDelivery(email).deliver(notice) } }
            return await group.reduce(into: []) { failures, failure in
                if let failure { failures.append(failure) }
            }
        }
    }
}
