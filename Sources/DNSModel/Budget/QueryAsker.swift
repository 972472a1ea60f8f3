/// On whose behalf a resolver is asked.
package struct QueryAsker: Hashable, Sendable {
    /// The larger goes first.
    package enum Urgency: Int, Comparable, Sendable {
        /// A regular look.
        case patrol
        /// Somebody waits for the answer.
        case visitor
        /// A change is on its way.
        case change

        package static func < (a: Urgency, b: Urgency) -> Bool { a.rawValue < b.rawValue }
    }

    /// Askers of one name share one turn: a scheme, a visitor.
    package let name: String
    package let urgency: Urgency

    package init(_ name: String, _ urgency: Urgency) {
        self.name = name
        self.urgency = urgency
    }
}
