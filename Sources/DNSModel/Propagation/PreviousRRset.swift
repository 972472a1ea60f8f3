/// An RRset known to have been right before.
package struct PreviousRRset: Sendable, Hashable {
    /// No values means that the name or type did not exist.
    package let values: [ExpectedValue]
    /// Whether all of the values have to be there; those given on a command line may be found in any combination.
    package let isWhole: Bool
    /// The TTL it was published with, where known.
    package let ttl: TTL?

    /// The values given by hand, of which an answer may hold any.
    package init(given values: [ExpectedValue]) {
        self.values = values
        isWhole = false
        ttl = nil
    }

    /// What was really published: by the journal, or seen at an authoritative address.
    package init(_ data: Set<RecordData>, ttl: TTL? = nil) {
        values = data.sorted().map(ExpectedValue.data)
        isWhole = true
        self.ttl = ttl
    }

    package func matches(_ answered: Set<RecordData>) -> Bool {
        guard !values.isEmpty, !answered.isEmpty else { return values.isEmpty && answered.isEmpty }
        let isCovered = answered.allSatisfy { data in values.contains { $0.matches(data) } }
        return isCovered && (!isWhole || values.allSatisfy { value in answered.contains(where: value.matches) })
    }
}
