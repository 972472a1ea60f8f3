import DNSModel
import FoundationEssentials
import Providers

/// What became of one update: the JSON document `dnsconverge.update/1`.
package struct UpdateReport: Sendable, Codable {
    package enum Outcome: String, Sendable, Codable {
        /// It would be sent.
        case planned
        /// The authoritative servers have it already; nothing was sent.
        case unchanged
        case accepted
        /// The provider has something else than was expected.
        case conflict
        /// The provider will not take it.
        case refused
        /// The provider did not take it in time.
        case failed
        /// Nobody knows whether the provider took it.
        case uncertain
    }

    package var schema = "dnsconverge.update/1"
    package var name: String
    package var type: String
    package var ttl: UInt32?
    package var provider: String
    /// Nil when the servers do not agree, or none answers.
    package var old: [String]?
    package var new: [String]
    package var outcome: Outcome
    /// The provider's own words, or what went wrong.
    package var reply: String?
    package var status: Status
    package var exitCode: Int32
    /// How far it has spread when the command ended.
    package var report: PropagationReport?

    enum CodingKeys: String, CodingKey {
        case schema, name, type, ttl, provider, old, new, outcome, reply, status
        case exitCode = "exit_code"
        case report
    }

    /// Before anything is sent.
    package init(_ update: RecordUpdate) {
        let change = update.change
        name = change.name.description
        type = change.type.description
        ttl = change.ttl?.seconds
        provider = update.kind
        old = change.old?.texts
        new = change.new.texts
        outcome = .planned
        status = .ok
        exitCode = Status.ok.exitCode
    }

    package mutating func end(_ outcome: Outcome, _ status: Status, reply: String? = nil) {
        self.outcome = outcome
        self.reply = reply
        self.status = status
        exitCode = status.exitCode
    }

    package mutating func take(_ outcome: ProviderOutcome) {
        switch outcome {
        case .success(let reply): end(reply.isUnchanged ? .unchanged : .accepted, .ok, reply: reply.text)
        case .failure(let error):
            let words = error.reply.map { "\(error.summary): \($0)" } ?? error.summary
            switch error {
            case .permanent: end(.refused, .critical, reply: words)
            case .temporary: end(.failed, .critical, reply: words)
            case .conflict: end(.conflict, .critical, reply: words)
            case .uncertain: end(.uncertain, .unknown, reply: words)
            }
        }
    }

    /// Whether the record may have changed, so that looking at it says more.
    package var mayHaveChanged: Bool { [.accepted, .unchanged, .uncertain].contains(outcome) }

    /// `cat.he.okerr.com A: 192.0.2.1 -> 192.0.2.2 at rfc2136`.
    package var headline: String {
        let before = old.map { $0.isEmpty ? "nothing" : $0.joined(separator: " ") } ?? "(servers differ)"
        let after = new.isEmpty ? "nothing" : new.joined(separator: " ")
        return "\(name) \(type): \(before) -> \(after) at \(provider)" + (ttl.map { ", TTL \($0)" } ?? "")
    }
}

extension Set<RecordData> {
    fileprivate var texts: [String] { sorted().map(\.text) }
}
