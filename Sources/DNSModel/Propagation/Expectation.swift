/// What answers should say.
package struct Expectation: Sendable, Hashable {
    package enum Source: String, Sendable, Hashable, Codable {
        /// `--expect` or `--expect-none`.
        case flag
        /// The scheme's selected server.
        case scheme
        /// What the authoritative servers agree on.
        case authoritative
    }

    package let source: Source
    /// No values means that the name or type must not exist.
    package let values: [ExpectedValue]
    package let match: MatchMode
    /// Whether NXDOMAIN and NODATA are right too, because authoritative servers differ about it.
    package let mayBeAbsent: Bool

    package init(source: Source, values: [ExpectedValue], match: MatchMode = .exact, mayBeAbsent: Bool = false) {
        self.source = source
        self.values = values
        self.match = match
        self.mayBeAbsent = mayBeAbsent
    }

    /// The name or type must not exist.
    package static func absence(source: Source = .flag) -> Expectation {
        Expectation(source: source, values: [])
    }

    package var isAbsence: Bool { values.isEmpty }
}

/// How an answer's values are held against the expected ones.
package enum MatchMode: String, Hashable, Sendable, Codable, CaseIterable {
    /// They are the same set.
    case exact
    /// Every answered value is expected, and there is one.
    case subset
    /// At least one answered value is expected.
    case any
}

extension Expectation {
    /// Whether an answer with exactly these values is right; an empty set is NXDOMAIN or NODATA.
    package func isMet(by answered: Set<RecordData>) -> Bool {
        guard !answered.isEmpty else { return isAbsence || mayBeAbsent }
        guard !isAbsence else { return false }
        switch match {
        case .exact: return covers(answered) && values.allSatisfy { value in answered.contains(where: value.matches) }
        case .subset: return covers(answered)
        case .any: return answered.contains(where: isExpected)
        }
    }

    /// Whether part of the answer is right.
    package func isPartlyMet(by answered: Set<RecordData>) -> Bool { answered.contains(where: isExpected) }

    private func covers(_ answered: Set<RecordData>) -> Bool { answered.allSatisfy(isExpected) }

    private func isExpected(_ data: RecordData) -> Bool { values.contains { $0.matches(data) } }
}
