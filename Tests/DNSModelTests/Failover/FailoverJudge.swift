import DNSModel
import FoundationEssentials

/// Says what is wrong with what has happened in a world.
struct FailoverJudge {
    let random: RandomCase
    let world: FailoverWorld

    var faults: [String] {
        [tooSoon, tooOften, needless, badChoice, untouched, wrongInTheEnd].flatMap { $0 }
    }

    private var policy: Policy { random.scheme.policy }
    private var taken: [FailoverWorld.Service.Call] { world.service.taken }

    /// Two changes within the policy's interval: only to leave a server that is down, and not twice in a row. Never within
    /// the service's own.
    private var tooSoon: [String] {
        var faults: [String] = []
        var hasBypassed = false
        for (earlier, later) in zip(taken, taken.dropFirst()) {
            let gap = later.at.timeIntervalSince(earlier.at)
            if let least = random.traits.minInterval, gap < least.seconds {
                faults.append("\(gap) s: the service wants more")
            }
            guard gap < policy.minInterval.seconds else {
                hasBypassed = false
                continue
            }
            if hasBypassed { faults.append("twice in a row within the interval, at \(later.at)") }
            if !leavesAFailedServer(later.plan) { faults.append("\(gap) s after another change: \(later.plan.reason)") }
            hasBypassed = true
        }
        return faults
    }

    /// Some value that the plan replaces is that of a server which its controller took to be down.
    private func leavesAFailedServer(_ plan: ChangePlan) -> Bool {
        guard let decision = decision(plan) else { return false }
        return random.scheme.servers.contains { server in
            let values = plan.changes.map { (server.values($0.type), $0.old ?? [], $0.new) }
            return isDown(server, in: decision)
                && values.contains { !$0.isEmpty && $0.isSubset(of: $1) && !$0.isSubset(of: $2) }
        }
    }

    private func decision(_ plan: ChangePlan) -> FailoverWorld.Decision? {
        world.decisions.first { $0.plan.number == plan.number }
    }

    private func standing(_ server: Scheme.Server, in decision: FailoverWorld.Decision) -> Selection.Standing? {
        decision.controller.state.selection?.standings.first { $0.server == server.name }
    }

    private func isDown(_ server: Scheme.Server, in decision: FailoverWorld.Decision) -> Bool {
        let health = standing(server, in: decision)?.health
        return health == .fail || health == .warn && !policy.acceptsWarn
    }

    private func isUsable(_ server: Scheme.Server, in decision: FailoverWorld.Decision) -> Bool {
        guard let standing = standing(server, in: decision) else { return false }
        return standing.maintenance == nil && (standing.health == .ok || standing.health == .warn && policy.acceptsWarn)
    }

    /// More changes in an hour than the policy allows.
    private var tooOften: [String] {
        taken.indices.compactMap { index in
            let hour = taken[index...].prefix { $0.at.timeIntervalSince(taken[index].at) < 3600 }
            return hour.count > policy.maxChanges ? "\(hour.count) changes in the hour from \(taken[index].at)" : nil
        }
    }

    /// Calls that changed nothing: each change may be repeated once, where the service cannot compare.
    private var needless: [String] {
        var faults: [String] = []
        var repeats = 0
        for call in taken {
            repeats = call.isNeedless ? repeats + 1 : 0
            if repeats > (random.traits.comparesAndSets ? 0 : 1) {
                faults.append("repeated at \(call.at): \(call.plan.reason)")
            }
            if call.plan.changes.contains(where: { $0.old == $0.new }) { faults.append("no difference at \(call.at)") }
        }
        return faults
    }

    /// A server that was known to be down or in maintenance was published anew, although a usable one was known.
    private var badChoice: [String] {
        world.decisions.compactMap { decision in
            let usable = random.scheme.servers.filter { isUsable($0, in: decision) }
            let chosen = random.scheme.servers.filter { decision.plan.selected.contains($0.name) }
            let bad = chosen.filter { isDown($0, in: decision) || standing($0, in: decision)?.maintenance != nil }
            switch policy.mode {
            case .failover where policy.families == .lockstep:
                return !bad.isEmpty && !usable.isEmpty ? "\(bad.map(\.name)) chosen: \(decision.plan.reason)" : nil
            case .balance(let least) where policy.families == .lockstep:
                return chosen.count > least && !bad.isEmpty && !usable.isEmpty
                    ? "\(bad.map(\.name)) published: \(decision.plan.reason)" : nil
            case .failover, .balance: return nil
            }
        }
    }

    /// The record is changed although every server is down and the policy keeps it.
    private var untouched: [String] {
        guard policy.allDown == .keep else { return [] }
        return world.decisions.filter { $0.controller.state.selection?.isAllDown ?? false }
            .map { "changed at \($0.at) with all down: \($0.plan.reason)" }
    }

    /// In the end each RRset leads to the best servers, as far as the policy has the record go back to them.
    private var wrongInTheEnd: [String] {
        let usable = random.scheme.servers.filter {
            random.histories[$0.name]?.result(at: .distantFuture).health == .ok
        }
        return random.scheme.families.map(\.recordType).compactMap { type in
            let able = policy.families == .lockstep ? usable : usable.filter { !$0.values(type).isEmpty }
            guard !able.isEmpty else { return nil }
            let served = world.service.values[type] ?? []
            // In lockstep with servers that have no address of that family.
            if served.isEmpty, policy.failback == .manual, able.contains(where: { $0.values(type).isEmpty }) {
                return nil
            }
            return acceptable(able, type).contains(served)
                ? nil
                : "\(type) is \(served.map(\.text)) in the end, \(String(describing: world.controller.state.pending))"
        }
    }

    private func acceptable(_ usable: [Scheme.Server], _ type: RecordType) -> Set<Set<RecordData>> {
        let best = usable.filter { $0.priority == usable.map(\.priority).max() }
        let isFree = policy.failback == .manual
        switch policy.mode {
        case .failover: return Set((isFree ? usable : best).map { $0.values(type) })
        case .balance(let least):
            let all = usable.reduce(into: Set<RecordData>()) { $0.formUnion($1.values(type)) }
            let others = random.scheme.servers.map { $0.values(type) }
            // Fillers, and servers that wait for an order, may be there or not.
            let unions = (0..<1 << others.count).map { bits in
                others.indices.filter { bits >> $0 & 1 == 1 }.reduce(into: Set<RecordData>()) {
                    $0.formUnion(others[$1])
                }
            }
            if isFree { return Set(unions.filter { !$0.isDisjoint(with: all) }) }
            return usable.count >= least ? [all] : Set(unions.filter { $0.isSuperset(of: all) })
        }
    }
}
