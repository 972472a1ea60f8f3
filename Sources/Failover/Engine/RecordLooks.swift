import DNSModel
import Wire

/// A scheme's record, as it is looked at: one question for each type, and for each alias.
struct RecordLooks {
    let all: [PropagationLook]

    /// With `nameservers` nobody else is asked: what they serve is delegated to nobody, and no resolver can know it. Else
    /// what a `known` walk has learnt is relied on.
    init(
        _ subjects: [CheckSubject], _ settings: CheckSettings, _ network: Network, _ share: BudgetShare?,
        instead nameservers: [Endpoint], known: DelegationWalk? = nil
    ) {
        var settings = settings
        if !nameservers.isEmpty { (settings.nameservers, settings.resolvers) = (nameservers, []) }
        all = subjects.map { subject in
            PropagationLook(
                subject, settings: settings, list: network.resolvers,
                root: nameservers.isEmpty ? network.root : .nowhere, engine: network.engine, share: share,
                known: nameservers.isEmpty ? known : nil)
        }
    }
}
