extension FailoverController {
    /// What a regular look asks and expects: the record and its alias, each type. Nil while that cannot be told: nothing is
    /// known yet, or a change is on its way, which is looked at otherwise.
    package var lookSubjects: [CheckSubject]? {
        guard state.isSettled, memory.unseen == nil, memory.following == nil else { return nil }
        return types.flatMap { type in
            ([scheme.record.name] + (scheme.alias.map { [$0] } ?? [])).map { name in
                CheckSubject(Question(name, type), expectation: expectation(of: type), previous: previous(type))
            }
        }
    }

    /// What is wanted; while that is held up, what the authoritative servers agree on; nil leaves it to them.
    private func expectation(of type: RecordType) -> Expectation? {
        let isHeld = state.pending?.changes.contains { $0.type == type } ?? false
        var values = (state.selection?.choices ?? []).lazy.compactMap { $0.wanted[type] }.first
        if isHeld || values == nil {
            guard case .agreed(let served) = state.authority.served[type] else { return nil }
            values = served
        }
        return values.map { values in
            values.isEmpty
                ? .absence(source: .scheme)
                : Expectation(source: .scheme, values: values.sorted().map(ExpectedValue.data))
        }
    }

    /// What the last change replaced.
    private func previous(_ type: RecordType) -> [PreviousRRset] {
        let change = memory.changes.last?.plan.changes.first { $0.type == type }
        return change?.old.map { [PreviousRRset($0, ttl: change?.ttl)] } ?? []
    }
}
