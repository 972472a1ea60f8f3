import DNSModel

extension ProviderTraits {
    /// Why the service can never take the change, whoever asks; nil when it may.
    package func objection(to change: RRsetChange, of service: String) -> ProviderError? {
        let record = "\(change.name) \(change.type)"
        if let types, !types.contains(change.type) {
            let known = types.map(\.description).sorted().joined(separator: " and ")
            return .permanent("\(record): \(service) takes \(known) only")
        }
        if change.new.count > 1, !takesSeveralValues {
            return .permanent("\(record): \(service) holds one value under a name, not \(change.new.count)")
        }
        if change.new.isEmpty, !createsAndDeletes {
            return .permanent("\(record): \(service) cannot take a record away; do that on its pages")
        }
        if let ttl = change.ttl, let ttls, !ttls.contains(ttl.seconds) {
            let range = "from \(ttls.lowerBound) to \(ttls.upperBound)"
            return .permanent("\(record): \(service) takes a TTL \(range) s, not \(ttl)")
        }
        return nil
    }
}

extension Provider {
    /// Answers for the changes that change nothing, or that the service can never take, and has `perform` do the others;
    /// it gives one outcome for each.
    ///
    /// With `together` nothing is performed when one change is refused: all or none.
    func outcomes(
        for changes: [RRsetChange], together: Bool = false,
        perform: ([RRsetChange]) async -> [ProviderOutcome]
    ) async -> [ProviderOutcome] {
        var outcomes = changes.map { change -> ProviderOutcome? in
            if change.old == change.new {
                return .success(ProviderReply("nothing to change", values: change.new, isUnchanged: true))
            }
            return traits.objection(to: change, of: Self.kind).map { .failure($0) }
        }
        let open = changes.indices.filter { outcomes[$0] == nil }
        let isHeldUp = together && outcomes.contains { if case .failure = $0 { true } else { false } }
        let results =
            open.isEmpty
            ? []
            : isHeldUp
                ? open.map { _ in ProviderOutcome.failure(.permanent("not sent: it goes together with a refused one")) }
                : await perform(open.map { changes[$0] })
        for (index, result) in zip(open, results) { outcomes[index] = result }
        return outcomes.map { $0 ?? .failure(.temporary("\(Self.kind) gave no outcome")) }
    }
}

extension [RRsetChange] {
    /// The same error for each.
    func allFailing(_ error: ProviderError) -> [ProviderOutcome] { map { _ in .failure(error) } }
}
