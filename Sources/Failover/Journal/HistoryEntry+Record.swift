import DNSModel

extension HistoryEntry {
    /// What a record says to people; nil when it is not for them.
    package init?(_ record: JournalRecord) {
        guard let kind = record.event.kind else { return nil }
        self.init(
            at: record.at, scheme: record.scheme?.text, kind: kind, server: record.event.server?.text,
            change: record.event.change?.value, who: record.event.who, text: record.event.summary,
            replies: record.event.replies)
    }
}

extension JournalEvent {
    /// The provider's words.
    package var replies: [String] {
        if case .outcome(_, let outcome) = self { outcome.replies } else { [] }
    }

    fileprivate var server: ServerName? {
        switch self {
        case .note(.health(let server, _, _, _)), .note(.maintenance(let server, _, _, _)): server
        case .note(.order(let order)), .note(.expired(let order)): order.server
        default: nil
        }
    }

    fileprivate var who: String? {
        switch self {
        case .note(.maintenance(_, _, let who, _)): who
        case .note(.order(let order)): order.who
        case .schemeStored(let scheme): scheme.madeBy
        case .schemeRemoved(let who), .act(let who, _): who
        default: nil
        }
    }

    /// In one line, without the scheme and the change, which stand beside it.
    package var summary: String {
        switch self {
        case .memory: "what the controller must know after a restart"
        case .intent(let plan): "\(plan.summary): \(plan.reason)"
        case .outcome(_, let outcome): outcome.summary
        case .dropped(_, let why): "not pursued: \(why)"
        case .readBack(_, let text): "the provider has \(text)"
        case .spread(_, let spread): spread.summary
        case .convergence(_, let convergence): convergence.summary
        case .observation(let observation, _): observation.summary
        case .note(let note): note.summary
        case .alert(let alert): "\(alert.severity.rawValue): \(alert.text)"
        case .schemeStored: "the scheme was stored"
        case .schemeRemoved: "the scheme was removed"
        case .act(_, let what): what
        }
    }
}

extension FailoverNote {
    package var summary: String {
        switch self {
        case .health(let server, let old, let new, let reason):
            "\(server): \(old.rawValue) → \(new.rawValue): \(reason)"
        case .maintenance(let server, let isOn, _, let why):
            "\(server): maintenance \(isOn ? "begins" : "ends")" + (why.isEmpty ? "" : ": \(why)")
        case .order(let order): order.summary
        case .expired(let order): "over: \(order.summary)"
        case .selected(let servers, let reason):
            "\(servers.isEmpty ? "no server" : servers.map(\.text).joined(separator: ", ")): \(reason)"
        case .settled(_, let spread): spread.summary
        }
    }
}
