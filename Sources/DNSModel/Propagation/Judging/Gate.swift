/// Whether resolvers may be asked yet: once every authoritative address that answers serves the expected RRset. Asked
/// earlier, they would fetch the old one and keep it for another TTL.
package enum Gate: Sendable, Hashable {
    case open
    /// With the reason: `ns2 lags`.
    case held(String)
    /// It would be held, but resolvers are asked anyway.
    case lifted(String)

    /// Takes every authoritative address that is asked, those without an answer yet among them: an address holds the
    /// gate until it has answered or failed for the first time, and silence holds it no longer.
    package init(_ authoritative: [JudgedObservation], asksAnyway: Bool = false) {
        guard let reason = Self.reason(authoritative) else {
            self = .open
            return
        }
        self = asksAnyway ? .lifted(reason) : .held(reason)
    }

    package var isHeld: Bool {
        if case .held = self { true } else { false }
    }

    package var reason: String? {
        switch self {
        case .open: nil
        case .held(let reason), .lifted(let reason): reason
        }
    }

    /// While the gate is held, what a resolver may have said before means nothing.
    package func admit(_ resolver: Observation) -> Observation {
        guard case .held(let reason) = self else { return resolver }
        var resolver = resolver
        resolver.samples = []
        resolver.notAsked = resolver.notAsked ?? reason
        return resolver
    }

    private static func reason(_ authoritative: [JudgedObservation]) -> String? {
        let names = ServerNames(authoritative.map(\.server))
        func clause(_ blocking: [JudgedObservation], one: String, many: String) -> String? {
            guard !blocking.isEmpty else { return nil }
            let listed = names.list(blocking.map(\.server))
            return "\(listed.text) \(listed.isPlural ? many : one)"
        }
        let clauses = [
            clause(authoritative.filter { $0.verdict == .lagging }, one: "lags", many: "lag"),
            clause(authoritative.filter { $0.verdict == .wrong }, one: "differs", many: "differ"),
            clause(authoritative.filter(\.observation.isPending), one: "has not answered", many: "have not answered"),
        ].compactMap { $0 }
        return clauses.isEmpty ? nil : clauses.joined(separator: ", ")
    }
}
