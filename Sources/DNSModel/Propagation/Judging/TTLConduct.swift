import FoundationEssentials

/// Signs in one sample that the resolver does not keep to TTLs, so that they bound nothing.
package struct TTLConduct: OptionSet, Sendable, Hashable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// It serves what has expired (RFC 8767).
    package static let servesStale = TTLConduct(rawValue: 1)
    /// It tells a longer TTL than was ever published.
    package static let raised = TTLConduct(rawValue: 2)
    /// It tells the most that it ever tells, or one that does not count down.
    package static let clamped = TTLConduct(rawValue: 4)
    /// An answer was still there after its own TTL: served stale, fetched again, or from a cache not met before.
    package static let outlived = TTLConduct(rawValue: 8)

    package init(_ judged: JudgedSample, at observation: Observation, side: AuthoritativeSide) {
        self = []
        if judged.sample.response?.edns?.extendedErrors.contains(where: \.isStale) ?? false { insert(.servesStale) }
        guard let answer = judged.answer, let ttl = judged.ttl else { return }
        let limit = side.ttlLimit(at: answer.firstDifference(from: side.chain), for: answer.values)
        if !answer.values.isEmpty {
            if let limit, ttl > limit { insert(.raised) }
            if judged.verdict.isTransient, Self.looksServedStale(ttl, limit: limit) { insert(.servesStale) }
        }
        if let limit, let cap = observation.server.ttlCap, ttl == cap, cap < limit { insert(.clamped) }
        if judged.verdict.isTransient { compare(judged, ttl, with: observation, chain: side.chain) }
    }

    /// The TTL that RFC 8767 §4 recommends for stale answers, where nobody published it.
    private static func looksServedStale(_ ttl: TTL, limit: TTL?) -> Bool {
        ttl == TTL(30) && limit.map { $0 != ttl } ?? true
    }

    /// Holds the sample against the look before.
    private mutating func compare(
        _ judged: JudgedSample, _ ttl: TTL, with observation: Observation, chain: CNAMEChain
    ) {
        guard let earlier = observation.earlier, let response = earlier.response,
            let before = Answer(response, to: observation.question), before.content == judged.answer?.content,
            let ttlBefore = before.ttl(at: before.firstDifference(from: chain))
        else { return }
        let passed = judged.sample.receivedAt.timeIntervalSince(earlier.receivedAt)
        if ttl == ttlBefore, ttl.seconds > 0, passed >= CacheClusters.tolerance { insert(.clamped) }
        if passed > Double(ttlBefore.seconds) { insert(.outlived) }
    }
}
