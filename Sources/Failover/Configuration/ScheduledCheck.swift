import DNSModel
import Wire

/// A check, what it is about, and how often it is made.
package struct ScheduledCheck: Sendable {
    package let check: any HealthCheck
    package let server: CheckSubjectServer
    /// From the beginning of one to the beginning of the next.
    package let interval: Duration
    /// How long one may take; shorter than the interval.
    package let timeout: Duration

    package init(_ check: any HealthCheck, of server: CheckSubjectServer, interval: Duration, timeout: Duration) {
        self.check = check
        self.server = server
        self.interval = interval
        self.timeout = timeout
    }

    package var id: CheckID { server.id }

    /// Makes the check once. Its own timeout ends it; this one sees to it that it ends at all.
    package func result(over network: Network) async -> CheckResult {
        await withTaskGroup(of: CheckResult?.self) { group in
            group.addTask { await check.run(against: server, over: network) }
            group.addTask {
                try? await ContinuousClock().sleep(for: timeout + Self.patience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first ?? CheckResult(.unknown, "the check did not end after \(timeout.settingText), its timeout")
        }
    }

    /// For a check to end what its timeout has interrupted: a plugin may take a while to go.
    private static let patience = Duration.seconds(3)
}
