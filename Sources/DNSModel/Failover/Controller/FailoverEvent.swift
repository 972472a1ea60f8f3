import FoundationEssentials

/// What happens to a scheme. The time at which it happened, and its number, are told beside it.
package enum FailoverEvent: Hashable, Sendable, Codable {
    /// A moment has come that the controller wanted to be woken at.
    case tick
    /// A check of a server or of a canary has said something.
    case checked(ServerName, CheckResult)
    /// The authoritative servers were asked.
    case looked(AuthorityView)
    /// How the provider call of a change ended.
    case published(ChangeNumber, PublishOutcome)
    /// How far a change has spread.
    case spread(ChangeNumber, Spread)
    /// What regular looks find wrong at servers while no change is on its way; nil when that is over.
    case watched(drift: String?)
    case ordered(FailoverOrder)
    /// The configuration was read anew.
    case configured(Scheme, ProviderTraits)
}

/// Numbers changes: a change bears the number that came with the event that it was decided at.
///
/// Whoever keeps the store gives each event that it hands to a controller, whatever its scheme, a number larger than that of
/// every change before, also after a crash. The numbers of changes may have gaps; they never go back.
package struct ChangeNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let value: Int64

    package init(_ value: Int64) {
        self.value = value
    }

    package var description: String { String(value) }

    package static func < (a: ChangeNumber, b: ChangeNumber) -> Bool { a.value < b.value }
}

/// What the addresses of the zone's authoritative servers say of the scheme's record.
package struct AuthorityView: Hashable, Sendable, Codable {
    package enum Served: Hashable, Sendable, Codable {
        /// Every address that answers says so; an empty set: there is no such RRset.
        case agreed(Set<RecordData>)
        /// They differ, as they do while a change spreads among them.
        case mixed(Set<Set<RecordData>>)
        /// Nobody answered.
        case unknown
    }

    /// For each type that the scheme publishes.
    package let served: [RecordType: Served]

    package init(_ served: [RecordType: Served]) {
        self.served = served
    }
}

/// What a service said to one RRset's change.
package typealias ProviderOutcome = Result<ProviderReply, ProviderError>

package enum PublishOutcome: Hashable, Sendable {
    /// What the service said to each change of the plan, in their order. Those that are left out were not sent to it.
    case answered([ProviderOutcome])
    /// A hook forbade it, and why.
    case vetoed(String)

    /// The service took every part of the change.
    package static func accepted(_ replies: ProviderReply...) -> PublishOutcome {
        .answered(replies.map(ProviderOutcome.success))
    }

    /// It took no part.
    package static func failed(_ error: ProviderError) -> PublishOutcome { .answered([.failure(error)]) }
}

package enum Spread: Hashable, Sendable, Codable {
    /// Every answering authoritative address has it.
    case authoritative
    /// Every counted operator has it, too.
    case converged
    /// It has not arrived when it had to.
    case stuck(String)
}

/// What an operator wants.
package enum FailoverOrder: Hashable, Sendable, Codable {
    case startMaintenance(ServerName, Order)
    case endMaintenance(ServerName, who: String)
    /// The record leads to that server, whatever its health.
    case pin(ServerName, Order)
    case unpin(who: String)
    /// Nothing is changed.
    case freeze(Order)
    case unfreeze(who: String)
    /// The selected value is sent to the service, also when the authority seems to have it.
    case push(who: String)
    /// Go back to the best server now, where failback is manual.
    case failBack(who: String)
    /// Health is taken to be that, for practice, until the order is over.
    case pretend(ServerName, Health, Order)
    case endPretence(ServerName, who: String)
}
