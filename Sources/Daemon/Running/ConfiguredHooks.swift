import DNSModel
import Failover
import FoundationEssentials
import Logging

/// A scheme's hooks, as its settings have them.
struct ConfiguredHooks: ChangeHooks {
    let settings: HookSettings
    let record: DomainName
    let runner: HookRunner
    let logger: Logger

    func veto(_ plan: ChangePlan) async -> String? {
        guard case .vetoed(let reason) = await runner.run(settings, for: event(.before, plan)) else { return nil }
        return reason
    }

    func published(_ plan: ChangePlan, _ outcome: PublishOutcome) async {
        guard case .answered(let outcomes) = outcome, outcomes.contains(where: { (try? $0.get()) != nil }) else {
            return
        }
        await tell(event(.after, plan, outcome.replies.joined(separator: "; ")))
    }

    func spread(_ plan: ChangePlan, _ spread: Spread) async {
        switch spread {
        case .authoritative: break
        case .converged: await tell(event(.converged, plan))
        case .stuck(let reason): await tell(event(.stuck, plan, reason))
        }
    }

    private func event(_ stage: HookSettings.Stage, _ plan: ChangePlan, _ detail: String? = nil) -> HookEvent {
        HookEvent(stage, plan, record: record, time: Date(), detail: detail)
    }

    private func tell(_ event: HookEvent) async {
        guard case .done(let failures) = await runner.run(settings, for: event) else { return }
        for failure in failures { logger.warning("\(event.scheme?.text ?? "all schemes"): hook failed: \(failure)") }
    }
}
