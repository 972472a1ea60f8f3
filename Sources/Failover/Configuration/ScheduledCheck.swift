import DNSModel

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
}
