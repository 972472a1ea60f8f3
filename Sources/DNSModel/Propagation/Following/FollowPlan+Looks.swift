import FoundationEssentials

extension FollowPlan {
    mutating func notice(_ observations: [Observation]) {
        for observation in observations {
            for response in observation.samples.compactMap(\.response) {
                guard let answer = Answer(response, to: observation.question) else { continue }
                largestTTL =
                    ([largestTTL, answer.ttl ?? largestTTL] + answer.chain.links.map(\.ttl)).max() ?? largestTTL
            }
        }
    }

    mutating func merge(_ new: Observation) {
        turns[new.key]?.isInFlight = false
        switch new.server.side {
        case .authoritative:
            noticeReplacement(by: new)
            Self.merge(new, into: &evidence.authoritative)
        case .resolver: Self.merge(new, into: &evidence.resolvers)
        }
    }

    private static func merge(_ new: Observation, into observations: inout [Observation]) {
        guard let index = observations.firstIndex(where: { $0.key == new.key }) else {
            observations.append(new)
            return
        }
        var new = new
        let old = observations[index]
        new.earlier = old.samples.last
        if new.identity.text == nil { new.identity = old.identity }
        if new.secureIdentity.text == nil { new.secureIdentity = old.secureIdentity }
        new.serial = new.serial ?? old.serial
        observations[index] = new
    }

    /// What an address served until now and serves no more was right before.
    private mutating func noticeReplacement(by new: Observation) {
        guard
            let old = evidence.authoritative.first(where: { $0.key == new.key }).flatMap(AuthoritativeSide.Served.init),
            let now = AuthoritativeSide.Served(new), old.answer.isFinal, old.answer.values != now.answer.values
        else { return }
        let replaced = PreviousRRset(old.answer.values, ttl: old.answer.ttl)
        if !evidence.memory.replaced.contains(replaced) { evidence.memory.replaced.append(replaced) }
        for key in turns.keys where key.server.side == .authoritative { turns[key]?.backoff.reset() }
    }
}
