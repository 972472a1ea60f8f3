import DNSModel
import Wire

/// Checks that something from outside wants at once.
extension [ConfiguredScheme] {
    /// Makes ready, and names, the checks that ask okerr for that indicator, those in combinations too. Whoever calls has
    /// the scheduler make them.
    package func hastenChecks(for webhook: OkerrWebhook) async -> [CheckID] {
        var found: [CheckID] = []
        for check in flatMap(\.checks.values) {
            guard let okerr = check.check.okerr(webhook) else { continue }
            await okerr.project.forget()
            await (check.check as? any CombinedCheck)?.combination.hasten()
            found.append(check.id)
        }
        return found
    }
}

extension ConfiguredScheme {
    /// The heartbeat that a server of the scheme sends; nil when it sends none.
    package func heartbeat(of server: ServerName) -> HeartbeatCheck? {
        checks[server]?.check.parts.lazy.compactMap { $0 as? HeartbeatCheck }.first
    }
}

extension HealthCheck {
    /// The check itself, or those that it is made of.
    fileprivate var parts: [any HealthCheck] {
        (self as? any CombinedCheck)?.combination.members.flatMap { $0.check.check.parts } ?? [self]
    }

    /// The part that asks for the indicator.
    fileprivate func okerr(_ webhook: OkerrWebhook) -> OkerrCheck? {
        parts.lazy.compactMap { $0 as? OkerrCheck }.first { check in
            check.indicator == webhook.indicator && check.project.settings.textid == webhook.textid
        }
    }
}
