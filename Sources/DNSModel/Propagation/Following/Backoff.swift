/// Seconds between looks at something that does not say when it will change: twice as long each time, up to a limit.
package struct Backoff: Sendable, Hashable {
    package let first: Double
    package let limit: Double
    private var next: Double

    package init(first: Double, limit: Double) {
        self.first = first
        self.limit = limit
        next = first
    }

    /// Authoritative servers: they are ours to ask often, and a change shows there first.
    package static let authoritative = Backoff(first: 1, limit: 10)
    /// Resolvers whose answer has no TTL to wait for.
    package static let resolver = Backoff(first: 5, limit: 60)

    package mutating func step() -> Double {
        defer { next = min(next * 2, limit) }
        return next
    }

    package mutating func reset() { next = first }
}
