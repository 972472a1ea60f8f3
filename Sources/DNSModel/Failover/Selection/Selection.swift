import FoundationEssentials

/// What the policy picks now, and why.
///
/// - A usable server is `ok`, or `warn` where the policy accepts that, and not in maintenance. In mode `failover` the usable
///   one of the highest priority is picked, in mode `balance` every usable one. Among equal priorities those that are
///   published come first, then the order of the file decides.
/// - A published server that is `unknown` stays, unless a usable one of higher priority is to be gone back to; one that is
///   not published is never added for its `unknown` health. A `warn` that is not accepted counts as `fail`.
/// - Where no server is usable, the record stays as it is; only when every one is known to be down or in maintenance
///   does the policy's `allDown` say what is published.
/// - When every server is down and every canary too, our own network is at fault: all health is unknown.
/// - In lockstep both families lead to the same servers. A server without an address of one family takes that family's
///   RRset away with it while it is picked, and cannot be picked where the service cannot do that. Apart, each family
///   is decided for itself among the servers that have it, and nothing is taken away.
package struct Selection: Hashable, Sendable {
    /// One in lockstep, else one for each family.
    package let choices: [Choice]
    /// One for each server, in the order of the file.
    package let standings: [Standing]
    /// Every server is known to be down or in maintenance.
    package let isAllDown: Bool
    /// So are all canaries; nothing is known then.
    package let areCanariesDown: Bool

    /// What is picked for one family, or for both of them.
    package struct Choice: Hashable, Sendable {
        package let types: [RecordType]
        /// In the order of the file; none where fixed addresses are wanted, or nothing is known.
        package let servers: [ServerName]
        /// An empty set: no such RRset. A type that is left out stays as it is.
        package let wanted: [RecordType: Set<RecordData>]
        /// Why the record is to be another one; nil when it is not.
        package let move: Move?
        /// For people.
        package let reason: String
        /// A better server that is not gone back to yet.
        package let postponed: Postponed?
    }

    package enum Move: String, Hashable, Sendable, Codable {
        /// Nothing of ours is published.
        case initial
        /// An operator has pinned a server.
        case pin
        /// A published server is down.
        case failed
        case maintenance
        /// Nobody is left, and the policy names servers that are published then.
        case allDown
        /// To a better server, or to more of them.
        case failback
    }

    package struct Postponed: Hashable, Sendable {
        package let servers: [ServerName]
        /// Nil: until somebody asks for it.
        package let until: Date?
    }

    /// Where a server stands, and why.
    package struct Standing: Hashable, Sendable {
        package let server: ServerName
        package let priority: Int
        package let health: Health
        package let maintenance: String?
        package let isPublished: Bool
        package let isSelected: Bool
        /// For people: `down: HTTP 503`, `healthy, but echo has the higher priority`.
        package let reason: String
    }

    /// The servers of all choices, in the order of the file.
    package var servers: [ServerName] {
        standings.filter(\.isSelected).map(\.server)
    }

    /// The choices' reasons, each one once.
    package var reason: String {
        choices.map(\.reason).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: "; ")
    }

    /// When time alone may change it.
    package var nextChange: Date? { choices.compactMap { $0.postponed?.until }.min() }
}
