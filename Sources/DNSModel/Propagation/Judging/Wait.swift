import FoundationEssentials

/// What one sample makes us wait for: a cache that still has to drop something.
package struct Wait: Sendable {
    /// The operator's name.
    package let name: String
    /// When the cache should be right: a second after the end of what it holds. Nil when nothing tells.
    package let end: Date?
    /// Whether the resolver seems to keep to TTLs; serving stale, raising or clamping them it may take longer.
    package let isReliable: Bool
    private let content: String
    private let expiry: Date?
    private let rests: Bool

    /// Nil for a sample that time alone does not change.
    package init?(_ judged: JudgedSample, at observation: JudgedObservation, side: AuthoritativeSide) {
        guard judged.verdict.isTransient, let answer = judged.answer else { return nil }
        let server = observation.server
        name = server.operatorName
        content = Self.content(answer, chain: side.chain)
        // A cap stands in only where no TTL was seen at all.
        let ttl = judged.ttl ?? server.ttlCap
        rests = judged.ttl == nil
        expiry = ttl.map { judged.sample.receivedAt.addingTimeInterval(Double($0.seconds)) }
        end = expiry?.addingTimeInterval(1)
        isReliable = TTLConduct(judged, at: observation.observation, side: side).isEmpty
    }

    /// `Quad9 still has 192.0.2.1 for 252 s`.
    package func clause(now: Date) -> String {
        guard let expiry else { return "\(name) \(content), without saying for how long (no SOA)" }
        let left = max(0, Int(expiry.timeIntervalSince(now).rounded(.up)))
        return "\(name) \(content) for \(left) s" + (rests ? " at most (its cap)" : "")
    }

    private static func content(_ answer: Answer, chain: CNAMEChain) -> String {
        let position = answer.firstDifference(from: chain)
        if position < answer.chain.links.count {
            let link = answer.chain.links[position]
            return "still has \(link.owner) \(link.type) \(link.target)"
        }
        switch answer.content {
        case .records(let values): return "still has \(values.brief)"
        case .nameError: return "still says NXDOMAIN"
        case .noData, .alias, .loop: return "still says NODATA"
        }
    }
}

extension Set<RecordData> {
    /// The first values, and how many there are besides.
    package var brief: String {
        let texts = texts
        let shown = texts.prefix(2).joined(separator: ", ")
        return texts.count > 2 ? "\(shown) and \(texts.count - 2) more" : shown
    }
}
