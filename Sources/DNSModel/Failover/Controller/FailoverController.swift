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
        actions = []
        state.startedAt = state.startedAt ?? now
        absorb(event, at: now)
        lookWhenDue(now)
        return actions
    }
}
