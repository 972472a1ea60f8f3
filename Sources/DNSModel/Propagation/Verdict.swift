/// What one server's answer means for the record in question.
package enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// Exactly the expected RRset.
    case converged
    /// A previous RRset.
    case stale
    /// Part expected and part not, or caches of one resolver disagree.
    case mixed
    /// NXDOMAIN or NODATA while every authoritative address that answers has the record (RFC 2308).
    case negative
    /// An answer that is neither expected nor previous.
    case wrong
    /// Authoritative only: a previous RRset, or an unexpected one at an older serial than another address has.
    case lagging
    /// Authoritative only: REFUSED, an answer without AA, or an upward referral.
    case lame
    /// Filtered on purpose.
    case blocked
    /// SERVFAIL, but an answer with checking disabled, or an extended error that blames signatures.
    case bogus
    /// SERVFAIL, REFUSED, FORMERR, NOTIMP and the like.
    case failing
    /// No usable answer within the deadline, retries and TCP included.
    case timeout
    /// Somebody else answered for that address.
    case intercepted
    /// The provider shows its own addresses, so that DNS cannot tell what is published.
    case hidden
    /// An answer for which nothing expected is known: no authoritative server answered and none was given.
    case unjudged
    /// The server was not asked, or not yet.
    case notAsked = "not-asked"
}

extension Verdict {
    /// Whether an operator with this verdict stands in the denominator of the percentage.
    package var isCounted: Bool {
        switch self {
        case .converged, .stale, .mixed, .negative, .wrong, .bogus, .failing: true
        case .lagging, .lame, .blocked, .timeout, .intercepted, .hidden, .unjudged, .notAsked: false
        }
    }

    /// Whether time alone is expected to turn this into `converged`.
    package var isTransient: Bool { self == .stale || self == .mixed || self == .negative }

    /// From best to worst; the worst of several verdicts stands for them all.
    private static let order: [Verdict] = [
        .notAsked, .converged, .unjudged, .hidden, .timeout, .blocked, .mixed, .lagging, .stale, .negative, .lame,
        .failing, .intercepted, .bogus, .wrong,
    ]

    package func isWorse(than other: Verdict) -> Bool { rank > other.rank }

    private var rank: Int { Self.order.firstIndex(of: self) ?? 0 }

    /// The word for people: `not asked`.
    package var word: String { self == .notAsked ? "not asked" : rawValue }
}
