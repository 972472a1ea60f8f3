import FoundationEssentials

/// A change that the selection calls for, before it is known whether it may be made now.
struct Proposal: Hashable, Sendable {
    var changes: [RRsetChange] = []
    var selected: [ServerName] = []
    var reason = ""
    /// A server that is down is to be left.
    var isUrgent = false
    /// An operator wants it.
    var isOrdered = false
    /// The value is sent although it may be there already.
    var isPush = false
    /// Nobody else's value is in the way.
    var isOurs = true

    /// What the record is to have: two proposals of the same are the same to a service.
    func isSame(as others: [RRsetChange]) -> Bool {
        changes.allSatisfy { change in others.contains { $0.type == change.type && $0.new == change.new } }
    }
}

extension FailoverController {
    /// What differs from what is published, in the order in which it should be tried: everything together, then, where the
    /// families are apart, each one. None when nothing differs, or when nothing is wanted.
    func proposals() -> [Proposal] {
        let parts = state.selection?.choices.compactMap(proposal(of:)) ?? []
        guard let all = parts.reduce(nil, Self.joined) else { return [] }
        return parts.count == 1 ? parts : [all] + parts
    }

    private func proposal(of choice: Selection.Choice) -> Proposal? {
        let isPush = memory.push != nil
        let changes = choice.types.compactMap { type in
            choice.wanted[type].flatMap { change(of: type, to: $0, isPush: isPush) }
        }
        guard !changes.isEmpty else { return nil }
        let move = choice.move ?? .initial
        let isFailBack = move == .failback && memory.failBack != nil
        return Proposal(
            changes: changes, selected: choice.servers, reason: choice.reason,
            isUrgent: move == .failed, isOrdered: isPush || move == .pin || isFailBack,
            isPush: isPush, isOurs: mayReplace(choice.types, move: move, isPush: isPush))
    }

    private func change(of type: RecordType, to wanted: Set<RecordData>, isPush: Bool) -> RRsetChange? {
        let old = published(type)
        var differs = old != wanted
        if state.authority.found[type] == nil, case .mixed(let rrsets) = state.authority.served[type] {
            // The service has it already when some of its servers do.
            differs = !rrsets.contains(wanted)
        }
        guard differs || isPush else { return nil }
        return RRsetChange(
            name: scheme.record.name, type: type, ttl: scheme.record.ttl, old: old == wanted ? nil : old, new: wanted)
    }

    /// Somebody else's value is left alone, unless the policy or an operator says otherwise, or it leads to a server of ours
    /// that is down.
    private func mayReplace(_ types: [RecordType], move: Selection.Move, isPush: Bool) -> Bool {
        guard let foreign = state.authority.foreign, types.contains(where: { foreign.values[$0] != nil }) else {
            return true
        }
        return isPush || scheme.policy.enforces || move == .pin || move == .failed
    }

    private static func joined(_ a: Proposal?, _ b: Proposal) -> Proposal {
        guard var joined = a else { return b }
        joined.changes += b.changes
        joined.selected += b.selected.filter { !joined.selected.contains($0) }
        if joined.reason != b.reason { joined.reason += "; " + b.reason }
        joined.isUrgent = joined.isUrgent && b.isUrgent
        joined.isOrdered = joined.isOrdered && b.isOrdered
        joined.isOurs = joined.isOurs && b.isOurs
        return joined
    }
}
