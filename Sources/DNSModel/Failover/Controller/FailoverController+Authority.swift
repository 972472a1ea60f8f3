import FoundationEssentials

extension FailoverController {
    /// Takes the authority's answer in.
    mutating func look(at view: AuthorityView, _ now: Date) {
        state.authority.askedAt = state.authority.lookSince ?? now
        state.authority.lookSince = nil
        state.authority.view = view
        state.authority.isJudged = false
        state.authority.at = now
        for (type, served) in view.served where served != .unknown {
            // What the DNS shows anew is newer than what the service said when it refused.
            if state.authority.served[type] != served { state.authority.found[type] = nil }
            state.authority.served[type] = served
        }
    }

    /// Asks for a look when one is due.
    mutating func lookWhenDue(_ now: Date) {
        let isOpen = state.authority.lookSince.map { now < $0 + timing.lookTimeout } ?? false
        guard !isOpen, state.authority.isLookWanted || nextLook.map({ $0 <= now }) ?? true else { return }
        state.authority.isLookWanted = false
        state.authority.lookSince = now
        actions.append(.look)
    }

    /// When the authority is asked next. Nil: at once.
    var nextLook: Date? {
        if let since = state.authority.lookSince { return since + timing.lookTimeout }
        return state.authority.at.map { $0.addingTimeInterval(pause(after: $0)) }
    }

    /// The longer something is waited for, the seldomer: it grows to 10 s, and after 10 minutes the wait is the regular one.
    private func pause(after look: Date) -> Double {
        let isWaiting = types.contains { state.authority.served[$0] == nil }
        let start =
            memory.unseen.flatMap { $0.outcome == .inFlight ? nil : $0.at } ?? (isWaiting ? state.startedAt : nil)
        let regular = timing.lookInterval.seconds * jitter(0)
        guard let start else { return regular }
        let elapsed = look.timeIntervalSince(start)
        return elapsed > 600 ? regular : min(max(0.5, elapsed / 2), 10)
    }

    /// A factor near 1 that follows from the scheme's name and a number: schemes do not all do something at once.
    func jitter(_ number: Int64) -> Double {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for octet in scheme.name.text.utf8 { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01B3 }
        hash = (hash ^ UInt64(bitPattern: number)) &* 0x100_0000_01B3
        return 0.9 + Double(hash >> 40) / Double(1 << 24) * 0.2
    }

    /// What the record has now, as far as that is known: the service's own word, else what the authority serves.
    func published(_ type: RecordType) -> Set<RecordData>? {
        if let found = state.authority.found[type] { return found }
        switch state.authority.served[type] {
        case .agreed(let values): return values
        case .mixed(let rrsets): return newest(of: rrsets, type)
        case .unknown, nil: return nil
        }
    }

    /// While a change spreads among the authoritative servers, its service has the newest of their RRsets.
    private func newest(of rrsets: Set<Set<RecordData>>, _ type: RecordType) -> Set<RecordData>? {
        let ours = [memory.unseen?.plan, memory.following, memory.changes.last?.plan].compactMap { plan in
            plan?.changes.first { $0.type == type }?.new
        }
        return (ours + [memory.familiar[type]].compactMap { $0 }).first(where: rrsets.contains)
    }

    /// Whether the authority has what a change was to bring.
    private func shows(_ change: RRsetChange, isPatient: Bool) -> Bool {
        switch state.authority.served[change.type] {
        case .agreed(let values): values == change.new
        // Servers that lag for longer than the service needs are told of by whoever follows the change.
        case .mixed(let rrsets): isPatient && rrsets.contains(change.new)
        case .unknown, nil: false
        }
    }

    /// Has a change followed once the authority has it.
    mutating func noticeArrival(at now: Date) {
        guard state.authority.view != nil else { return }
        if let unseen = memory.unseen, unseen.outcome != .inFlight,
            unseen.plan.changes.allSatisfy({ shows($0, isPatient: unseen.at + traits.settleTime <= now) })
        {
            memory.unseen = nil
            follow(unseen.plan)
        } else if let following = memory.following, !state.isFollowing,
            following.changes.allSatisfy({ state.authority.served[$0.type] != nil })
        {
            if following.changes.allSatisfy({ shows($0, isPatient: true) }) {
                follow(following)
            } else {
                memory.following = nil
            }
        }
    }

    private mutating func follow(_ plan: ChangePlan) {
        memory.following = plan
        for change in plan.changes { memory.familiar[change.type] = change.new }
        state.isFollowing = true
        state.stuck = nil
        actions.append(.follow(plan))
    }
}
