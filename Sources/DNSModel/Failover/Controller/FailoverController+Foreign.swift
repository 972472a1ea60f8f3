import FoundationEssentials

extension FailoverController {
    /// Tells what somebody else has set from what is ours.
    ///
    /// Ours is what the record had when all was well, what is wanted, and what a change of ours replaced or brought lately.
    /// At the first look after a start the addresses of our servers are ours, too, whoever set them: a memory may be older
    /// than the record. Where there is no memory at all, whatever the record has is what we begin with.
    mutating func noticeForeignValues(at now: Date) {
        guard state.authority.view != nil, !state.authority.isJudged else { return }
        state.authority.isJudged = true
        var foreign: [RecordType: Set<RecordData>] = [:]
        for type in types {
            guard let rrsets = rrsets(type) else { continue }
            // A server that lags may have what the last change replaced for as long as it lags.
            let plans = rrsets.count > 1 ? memory.changes.suffix(1).map(\.plan) : []
            let ours = plans + recentPlans(at: now)
            if let stranger = rrsets.sorted(by: Self.precedes).first(where: { !isOurs($0, type, among: ours) }) {
                foreign[type] = stranger
            } else if rrsets.count == 1, let values = rrsets.first {
                memory.familiar[type] = values
            }
        }
        state.hasRecognised = true
        let since = state.authority.foreign?.since ?? now
        state.authority.foreign = foreign.isEmpty ? nil : FailoverState.Foreign(values: foreign, since: since)
    }

    private func rrsets(_ type: RecordType) -> Set<Set<RecordData>>? {
        if let found = state.authority.found[type] { return [found] }
        switch state.authority.served[type] {
        case .agreed(let values): return [values]
        case .mixed(let rrsets): return rrsets
        case .unknown, nil: return nil
        }
    }

    private func isOurs(_ values: Set<RecordData>, _ type: RecordType, among plans: [ChangePlan]) -> Bool {
        guard let familiar = memory.familiar[type] else { return true }
        if values == familiar || values == state.selection?.wanted(type) { return true }
        if !state.hasRecognised, !values.isEmpty, values.isSubset(of: addresses(type)) { return true }
        return plans.contains { plan in
            plan.changes.contains { $0.type == type && ($0.new == values || $0.old == values) }
        }
    }

    /// Changes whose old and new values may still be met.
    private func recentPlans(at now: Date) -> [ChangePlan] {
        let start = now - (traits.settleTime * 2 + .seconds(60))
        return memory.changes.filter { $0.at > start }.map(\.plan) + [memory.unseen?.plan].compactMap { $0 }
    }

    private func addresses(_ type: RecordType) -> Set<RecordData> {
        scheme.servers.reduce(into: []) { $0.formUnion($1.values(type)) }
    }

    private static func precedes(_ a: Set<RecordData>, _ b: Set<RecordData>) -> Bool {
        a.sorted().lexicographicallyPrecedes(b.sorted())
    }
}

extension Selection {
    func wanted(_ type: RecordType) -> Set<RecordData>? {
        choices.lazy.compactMap { $0.wanted[type] }.first
    }
}
