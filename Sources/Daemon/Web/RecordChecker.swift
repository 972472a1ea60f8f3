import DNSModel
import Failover
import HTTPTypes
import Wire

/// Looks at records for those who ask by the API: a few at once, and not more often than the servers that are asked may
/// find fair. Only those who are known get here, for what is asked is up to them.
actor RecordChecker {
    private let network: Network
    private let settings: CheckSettings
    private let width: Int
    /// Shared with what the engine asks.
    private let share: BudgetShare
    private var running = 0
    private var left: Double
    private var filled: ContinuousClock.Instant
    private let clock = ContinuousClock()

    private static let perMinute = 60.0
    private static let atOnce = 20.0

    init(network: Network, settings: CheckSettings, budget: QueryBudget, width: Int = 4) {
        self.network = network
        self.settings = settings
        self.width = width
        share = BudgetShare(budget, for: QueryAsker("visitor", .visitor))
        left = Self.atOnce
        filled = clock.now
    }

    func check(_ subject: CheckSubject) async throws(Problem) -> PropagationReport {
        let now = clock.now
        left = min(Self.atOnce, left + (now - filled) / .seconds(60) * Self.perMinute)
        filled = now
        guard running < width, left >= 1 else {
            throw Problem(.tooManyRequests, "too many checks: ask again later", headers: [.retryAfter: "2"])
        }
        left -= 1
        running += 1
        defer { running -= 1 }
        var settings = settings
        settings.subjects = [subject]
        settings.deadline = settings.deadline ?? .seconds(10)
        let look = PropagationLook(
            subject, settings: settings, list: network.resolvers, root: network.root, engine: network.engine,
            share: share)
        return PropagationReport(of: await look.check())
    }
}
