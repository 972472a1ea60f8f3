import DNSModel
import FoundationEssentials

/// One thing that happened.
package struct JournalRecord: Hashable, Sendable {
    package let at: Date
    /// Nil for what concerns all schemes.
    package let scheme: SchemeName?
    package let event: JournalEvent

    package init(at: Date, scheme: SchemeName?, _ event: JournalEvent) {
        self.at = at
        self.scheme = scheme
        self.event = event
    }
}

package enum JournalEvent: Hashable, Sendable, Codable {
    /// What the scheme's controller must know after a restart, its orders in force included, in place of what it had to
    /// know before. No part of the history.
    case memory(FailoverMemory)
    /// The change is about to be sent to its provider.
    case intent(ChangePlan)
    /// What came of it, with the provider's replies verbatim.
    case outcome(ChangeNumber, PublishOutcome)
    /// The change is not pursued: a look at the DNS after a restart showed that it was not made and is not wanted.
    case dropped(ChangeNumber, why: String)
    /// What the provider has by its own interface, after a change that it took.
    case readBack(ChangeNumber, String)
    /// How far it has spread; the controller's note `settled` says the same.
    case spread(ChangeNumber, Spread)
    /// How far the change has arrived by now. Part of the history only when every operator has it.
    case convergence(ChangeNumber, Convergence)
    /// A server's answer is another than before; the change that is followed, if one is.
    case observation(ObservedChange, ChangeNumber?)
    case note(FailoverNote)
    case alert(Alert)
    /// A scheme was made while the program ran, or its settings were replaced.
    case schemeStored(StoredScheme)
    /// A scheme that was made while the program ran is gone, and with it what its controller knew.
    case schemeRemoved(who: String)
    /// Somebody, or the program, did something that is none of the above.
    case act(who: String, what: String)
}

/// The keys under which the values of each case stand, so that people can read the file.
extension JournalEvent {
    enum MemoryCodingKeys: String, CodingKey { case _0 = "memory" }
    enum IntentCodingKeys: String, CodingKey { case _0 = "plan" }
    enum OutcomeCodingKeys: String, CodingKey { case _0 = "change", _1 = "outcome" }
    enum DroppedCodingKeys: String, CodingKey { case _0 = "change", why }
    enum ReadBackCodingKeys: String, CodingKey { case _0 = "change", _1 = "text" }
    enum SpreadCodingKeys: String, CodingKey { case _0 = "change", _1 = "spread" }
    enum ConvergenceCodingKeys: String, CodingKey { case _0 = "change", _1 = "convergence" }
    enum ObservationCodingKeys: String, CodingKey { case _0 = "observation", _1 = "change" }
    enum NoteCodingKeys: String, CodingKey { case _0 = "note" }
    enum AlertCodingKeys: String, CodingKey { case _0 = "alert" }
    enum SchemeStoredCodingKeys: String, CodingKey { case _0 = "scheme" }
}
