import Failover
import Wire

/// What of a running daemon other settings can be given, besides its schemes.
struct Adjustments: Sendable {
    let budget: QueryBudget
    let patrol: Patrol
    let deadMan: AdjustableService<DeadManSettings>

    /// Goes on by another reading of the configuration.
    func apply(_ configuration: Configuration) async {
        await budget.setRate(configuration.queryBudget)
        await patrol.setInterval(configuration.watchInterval)
        deadMan.adjust(configuration.deadMan)
    }
}
