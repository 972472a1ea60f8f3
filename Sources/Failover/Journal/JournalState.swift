import DNSModel

/// What whoever starts must know of the time before.
package struct JournalState: Hashable, Sendable {
    /// The largest number that a change ever bore; 0 before the first. Numbers of changes never return, even when the
    /// journal has forgotten the changes.
    package var lastChange = ChangeNumber(0)
    /// What each scheme's controller needs: its orders in force, its unseen change, its open alerts.
    package var memories: [SchemeName: FailoverMemory] = [:]
    /// The last change of each scheme, as far as nobody knows whether its provider took it.
    package var openIntents: [SchemeName: ChangePlan] = [:]
    /// The schemes that were made while a program ran.
    package var schemes: [SchemeName: StoredScheme] = [:]

    package init() {}

    package mutating func take(_ record: JournalRecord) {
        switch record.event {
        case .intent(let plan):
            lastChange = max(lastChange, plan.number)
            openIntents[plan.scheme] = plan
        case .outcome(let number, let outcome): if !outcome.isUncertain { close(number) }
        case .dropped(let number, _), .spread(let number, _), .note(.settled(let number, _)): close(number)
        case .memory(let memory): if let scheme = record.scheme { memories[scheme] = memory }
        case .schemeStored(let scheme): schemes[scheme.name] = scheme
        case .schemeRemoved: if let scheme = record.scheme { remove(scheme) }
        case .readBack, .convergence, .observation, .note, .alert, .act: break
        }
    }

    private mutating func close(_ number: ChangeNumber) {
        for (scheme, plan) in openIntents where plan.number == number { openIntents[scheme] = nil }
    }

    private mutating func remove(_ scheme: SchemeName) {
        schemes[scheme] = nil
        memories[scheme] = nil
        openIntents[scheme] = nil
    }
}
