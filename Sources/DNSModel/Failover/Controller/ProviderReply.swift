/// What a service said to a change that it took.
package struct ProviderReply: Hashable, Sendable, Codable {
    /// The service's own words, without secrets: `good 192.0.2.1`, `HTTP 200 {"success":true…}`.
    package let text: String
    /// What the service says that it has now; nil when it does not say.
    package let values: Set<RecordData>?
    /// The service had it already.
    package let isUnchanged: Bool

    package init(_ text: String, values: Set<RecordData>? = nil, isUnchanged: Bool = false) {
        self.text = text
        self.values = values
        self.isUnchanged = isUnchanged
    }
}

/// Why a service did not take a change. No message has a secret in it.
package enum ProviderError: Error, Hashable, Sendable, Codable {
    /// The same would be refused again until somebody acts: wrong key, no such record. `reply` is verbatim.
    case permanent(String, reply: String? = nil)
    /// It may work later: not before `retryAfter` where the service said so.
    case temporary(String, reply: String? = nil, retryAfter: Duration? = nil)
    /// The service has neither the old values nor the new ones; nil when it does not say which.
    case conflict(String, found: Set<RecordData>?, reply: String? = nil)
    /// Nobody knows whether it was taken: the connection broke after the request was sent. Only a look tells.
    case uncertain(String)
}
