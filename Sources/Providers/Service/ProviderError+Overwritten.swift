import DNSModel

extension ProviderError {
    /// The service took the change, and has something else all the same.
    static func overwritten(_ change: RRsetChange, found: Set<RecordData>) -> ProviderError {
        let shown = found.isEmpty ? "nothing" : found.texts.joined(separator: " ")
        let wanted = change.new.isEmpty ? "nothing" : change.new.texts.joined(separator: " ")
        return .conflict(
            "\(change.name) \(change.type) was set to \(wanted) and is \(shown): somebody else changes it as well",
            found: found)
    }
}
