extension GatheredEvidence {
    /// What the addresses of the zone's servers have under the very name that was asked for, past no alias.
    package var served: AuthorityView.Served {
        let sets = Set(ownAnswers.filter(\.isFinal).map(\.values))
        guard let first = sets.first else { return .unknown }
        return sets.count == 1 ? .agreed(first) : .mixed(sets)
    }

    /// Where the name leads, when it is an alias.
    package var alias: DomainName? {
        guard question.type != .cname else { return nil }
        return ownAnswers.lazy.compactMap { $0.chain.links.first?.target }.first
    }

    private var ownAnswers: [Answer] {
        authoritative.filter { $0.question == question }.compactMap { observation in
            observation.samples.last.flatMap { AuthoritativeAnswer($0, of: observation).answer }
        }
    }
}
