extension Finding {
    /// What could not be asked from this machine, and content that cannot be judged.
    static func reachability(_ judgement: Judgement) -> [Finding] {
        let evidence = judgement.evidence
        return skipped(evidence) + outOfSight(judgement) + hidden(evidence)
    }

    private static func skipped(_ evidence: GatheredEvidence) -> [Finding] {
        IPAddress.Family.allCases.filter(evidence.skippedFamilies.contains).map { family in
            Finding(
                code: "no-\(family.rawValue.lowercased())-route", severity: .note, subject: "this machine",
                detail: "has no \(family.rawValue) route, so \(family.rawValue) addresses are not asked")
        }
    }

    private static func outOfSight(_ judgement: Judgement) -> [Finding] {
        let evidence = judgement.evidence
        let addresses = evidence.zones.flatMap(\.nameservers).flatMap(\.addresses)
        guard evidence.options.asksAuthoritative, !addresses.isEmpty,
            addresses.allSatisfy({ evidence.skippedFamilies.contains($0.family) })
        else { return [] }
        let family = addresses.contains { $0.family == .ipv6 } ? IPAddress.Family.ipv6 : .ipv4
        return [
            Finding(
                code: "\(family.rawValue.lowercased())-only", severity: .warning,
                subject: evidence.zones.last?.apex.description ?? evidence.question.name.description,
                detail: "all of its servers are reachable over \(family.rawValue) alone, which this machine is not",
                advice: "give the zone a server with an address of the other family, or ask from another machine")
        ]
    }

    private static func hidden(_ evidence: GatheredEvidence) -> [Finding] {
        guard let reason = evidence.hiddenReason else { return [] }
        return [
            Finding(
                code: "hidden-content", severity: .note, subject: evidence.question.name.description,
                detail: "DNS cannot tell what is published: \(reason)")
        ]
    }
}
