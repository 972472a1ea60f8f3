import FoundationEssentials

/// All addresses of one operator: one line, one vote.
package struct JudgedOperator: Sendable {
    package let id: String
    package let name: String
    package let country: String?
    package let observations: [JudgedObservation]
    package let samples: [JudgedSample]
    package let verdict: Verdict

    /// Groups resolvers by operator, in the order in which each comes first.
    package static func all(_ resolvers: [JudgedObservation]) -> [JudgedOperator] {
        var order: [String] = []
        var groups: [String: [JudgedObservation]] = [:]
        for resolver in resolvers {
            if groups[resolver.server.operatorID] == nil { order.append(resolver.server.operatorID) }
            groups[resolver.server.operatorID, default: []].append(resolver)
        }
        return order.compactMap { groups[$0].flatMap(JudgedOperator.init) }
    }

    private init?(_ observations: [JudgedObservation]) {
        guard let first = observations.first?.server else { return nil }
        id = first.operatorID
        name = first.operatorName
        country = first.country
        self.observations = observations
        samples = observations.flatMap(\.samples)
        verdict = Verdict(of: samples.map(\.verdict))
    }

    package var decisive: JudgedSample? { samples.decisive }

    package var convergedSamples: Int { samples.count { $0.verdict == .converged } }

    package var cacheCount: Int { CacheClusters.count(samples) }

    /// Whether it is asked, or waited for, at all.
    package var isAsked: Bool { observations.contains { $0.observation.notAsked == nil } }

    /// Whether no answer has come yet, and one may.
    package var isPending: Bool { samples.isEmpty && observations.contains(where: \.observation.isPending) }

    /// `5 of 6 samples, at least 2 caches`; nil for one sample of each address that all say the same. There may always be caches that were not met.
    package var note: String? {
        guard samples.count > observations.count || Set(samples.map(\.verdict)).count > 1 else { return nil }
        let caches = cacheCount
        let counted = "\(convergedSamples) of \(samples.count) samples"
        return caches == 0 ? counted : counted + ", at least \(caches) cache\(caches == 1 ? "" : "s")"
    }
}
