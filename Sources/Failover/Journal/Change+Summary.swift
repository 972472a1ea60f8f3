import DNSModel

extension ChangePlan {
    /// `cat.he.okerr.com A 192.0.2.1 → 192.0.2.2`
    package var summary: String { changes.map(\.summary).joined(separator: "; ") }
}

extension RRsetChange {
    package var summary: String {
        "\(name) \(type) \(old.map(Self.text) ?? "?") → \(Self.text(new))"
    }

    fileprivate static func text(_ values: Set<RecordData>) -> String {
        values.isEmpty ? "none" : values.texts.joined(separator: ", ")
    }
}

extension PublishOutcome {
    package var summary: String {
        guard case .answered(let outcomes) = self else {
            if case .vetoed(let reason) = self { return "vetoed by a hook: \(reason)" }
            return ""
        }
        let replies = outcomes.compactMap { try? $0.get() }
        let failures = outcomes.compactMap { if case .failure(let error) = $0 { error.summary } else { nil } }
        guard failures.isEmpty else {
            return (replies.isEmpty ? failures : ["a part was taken"] + failures).joined(separator: "; ")
        }
        if replies.isEmpty { return "nothing was sent to the provider" }
        return replies.allSatisfy(\.isUnchanged) ? "the provider had it already" : "taken by the provider"
    }

    /// The provider's words.
    package var replies: [String] {
        guard case .answered(let outcomes) = self else { return [] }
        return outcomes.compactMap { outcome in
            switch outcome {
            case .success(let reply): reply.text
            case .failure(let error): error.reply
            }
        }
    }
}

extension ProviderError {
    package var summary: String {
        switch self {
        case .permanent(let text, _): "refused: \(text)"
        case .temporary(let text, _, let delay):
            "failed for now: \(text)" + (delay.map { "; not before \($0.text)" } ?? "")
        case .conflict(let text, let found, _):
            "conflict: \(text)" + (found.map { "; found \(RRsetChange.text($0))" } ?? "")
        case .uncertain(let text): "nobody knows whether it was taken: \(text)"
        }
    }

    /// What the service said, verbatim.
    package var reply: String? {
        switch self {
        case .permanent(_, let reply), .temporary(_, let reply, _), .conflict(_, _, let reply): reply
        case .uncertain: nil
        }
    }
}

extension Spread {
    package var summary: String {
        switch self {
        case .authoritative: "every authoritative address that answers has it"
        case .converged: "every counted operator has it"
        case .stuck(let reason): "stuck: \(reason)"
        }
    }
}

extension Convergence {
    /// `authoritative 1.0 s, t50 20s, t90 41s, t100 1m02s, 14 of 14 operators`
    package var summary: String {
        func text(_ label: String, _ time: Duration?) -> String { "\(label) \(time?.text ?? "not reached")" }
        return [
            text("authoritative", authoritative), text("t50", t50), text("t90", t90), text("t100", t100),
            "\(arrivals.count) of \(counted) operators",
        ].joined(separator: ", ")
    }
}

extension ObservedChange {
    package var summary: String {
        let answer = values.isEmpty ? "" : ": " + values.joined(separator: ", ")
        return "\(name) \(type) at \(observer) (\(address)): \(verdict.rawValue)\(answer)"
            + (ttl.map { ", TTL \($0.seconds)" } ?? "")
    }
}
