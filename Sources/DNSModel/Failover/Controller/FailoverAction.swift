import FoundationEssentials

/// What is to be done because of an event. Whoever performs it tells the outcome as another event.
package enum FailoverAction: Hashable, Sendable {
    /// Ask the authoritative servers, and answer with `looked`.
    case look
    /// Run the hooks, call the provider, and always answer with `published`. The controller's memory has the plan as its
    /// intent: it must be kept where it survives before the provider is called.
    case publish(ChangePlan)
    /// Watch the change arrive everywhere, and answer with `spread`. An earlier change of the scheme is not watched on.
    /// It comes again after a start when the change had not arrived before.
    case follow(ChangePlan)
    /// Tell somebody.
    case alert(Alert)
    /// Note what has happened; nothing depends on it.
    case note(FailoverNote)
    /// Come back with `tick` then, unless something else comes before. A later wish replaces it.
    case wake(Date)
}

/// A change that was decided: what, why, and when.
package struct ChangePlan: Hashable, Sendable, Codable {
    package let number: ChangeNumber
    package let scheme: SchemeName
    /// One for each family.
    package let changes: [RRsetChange]
    /// The servers that the record then leads to; none where fixed addresses are published.
    package let selected: [ServerName]
    /// For people: `charlie is down (HTTP 503), echo is the best that is healthy`.
    package let reason: String
    package let decidedAt: Date

    package init(
        number: ChangeNumber, scheme: SchemeName, changes: [RRsetChange], selected: [ServerName], reason: String,
        decidedAt: Date
    ) {
        self.number = number
        self.scheme = scheme
        self.changes = changes
        self.selected = selected
        self.reason = reason
        self.decidedAt = decidedAt
    }
}

/// Something that a person should know.
package struct Alert: Hashable, Sendable, Codable {
    package enum Severity: String, Hashable, Sendable, Codable {
        case notice, warning, critical
    }

    package enum Code: String, Hashable, Sendable, CaseIterable, Codable {
        case allDown = "all-down"
        case activeUnknown = "active-unknown"
        case foreignChange = "foreign-change"
        case conflict
        case providerRefused = "provider-refused"
        case providerFailing = "provider-failing"
        case vetoed
        case tooManyChanges = "too-many-changes"
        case canariesDown = "canaries-down"
        case stuck
        /// Servers say what they should not, although no change is on its way.
        case drift
        /// One of the others is over.
        case recovered
    }

    package let severity: Severity
    package let code: Code
    package let text: String
    /// What is over, where the code is `recovered`.
    package let ended: Code?

    package init(_ severity: Severity, _ code: Code, _ text: String, ended: Code? = nil) {
        self.severity = severity
        self.code = code
        self.text = text
        self.ended = ended
    }
}

/// Something for the history.
package enum FailoverNote: Hashable, Sendable, Codable {
    case health(ServerName, from: Health, to: Health, reason: String)
    case maintenance(ServerName, isOn: Bool, who: String, why: String)
    case order(FailoverOrder)
    /// An order's time is over.
    case expired(FailoverOrder)
    /// Another decision than before, whether or not it changes anything: what and why.
    case selected([ServerName], reason: String)
    case settled(ChangeNumber, Spread)
}
