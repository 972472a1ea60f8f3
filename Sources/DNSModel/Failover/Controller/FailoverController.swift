import FoundationEssentials

/// The state machine of one scheme: events in, actions out. It knows no time but what it is told, and the same events with
/// the same times and numbers give the same actions.
///
/// The first event may be any; `tick` serves. The authority is looked at before anything is decided. After each event the
/// memory is to be kept where it survives, if it has changed, and then the actions are to be performed in their order.
package struct FailoverController: Hashable, Sendable {
    package internal(set) var scheme: Scheme
    package internal(set) var traits: ProviderTraits
    package internal(set) var memory: FailoverMemory
    package internal(set) var state = FailoverState()
    let timing: FailoverTiming
    var actions: [FailoverAction] = []

    /// Whose order a freeze is that nobody gave.
    package static let ownName = "dnsconverge"

    package init(
        scheme: Scheme, traits: ProviderTraits, memory: FailoverMemory = FailoverMemory(),
        timing: FailoverTiming = FailoverTiming()
    ) {
        self.scheme = scheme
        self.traits = traits
        self.memory = memory
        self.timing = timing
    }

    /// Takes an event in and says what is to be done. A change that is decided now bears `number`.
    package mutating func handle(
        _ event: FailoverEvent, at now: Date, number: ChangeNumber
    ) -> [FailoverAction] {
        start(at: now)
        turnBackTheClock(to: now)
        expire(at: now)
        absorb(event, at: now)
        noticeArrival(at: now)
        noticeForeignValues(at: now)
        select(at: now)
        act(at: now, number)
        reconcileAlerts(at: now)
        lookWhenDue(now)
        wake(after: now)
        defer { actions = [] }
        return actions
    }

    private mutating func start(at now: Date) {
        guard state.startedAt == nil else { return }
        state.startedAt = now
        guard var unseen = memory.unseen, unseen.outcome == .inFlight else { return }
        // The program ended while the provider was called, or just before: only the DNS knows.
        unseen.outcome = .uncertain
        unseen.at = min(now, unseen.at + timing.publishLimit)
        memory.unseen = unseen
        if let index = memory.changes.lastIndex(where: { $0.plan.number == unseen.plan.number }) {
            memory.changes[index].at = unseen.at
        }
    }

    /// What time alone has done.
    private mutating func expire(at now: Date) {
        actions += memory.orders.expire(at: now).map { .note(.expired($0)) }
        for server in scheme.servers {
            guard let transition = state.indicators[server.name]?.advance(to: now) else { continue }
            note(transition, of: server.name)
        }
        for canary in scheme.canaries { _ = state.canaries[canary]?.advance(to: now) }
        if let unseen = memory.unseen, unseen.outcome == .inFlight, unseen.at + timing.publishLimit <= now {
            memory.unseen?.outcome = .uncertain
            memory.unseen?.at = now
        }
        if let setback = state.setback, let until = setback.until, until <= now, state.pending == nil {
            state.setback = nil
        }
        let hourAgo = now - Self.hour
        memory.changes = memory.changes.filter { $0.at > hourAgo || $0 == memory.changes.last }
    }

    static let hour = Duration.seconds(3600)

    /// The types that the scheme publishes.
    package var types: [RecordType] { scheme.families.map(\.recordType) }
}
