extension Finding {
    /// What stands out in the evidence, the worst first; what the walk noticed is part of it.
    package static func all(in judgement: Judgement) -> [Finding] {
        let rules: [(Judgement) -> [Finding]] = [
            { $0.evidence.findings }, delegation, reachability, authoritativeServers, authoritativeContent, aliases,
            signatures, identities, resolverAnswers, timesToLive, extendedErrors,
        ]
        var seen: Set<Finding> = []
        let found = rules.flatMap { $0(judgement) }.filter { seen.insert($0).inserted }
        return Severity.allCases.reversed().flatMap { severity in found.filter { $0.severity == severity } }
    }

    /// Findings that put a verdict into words; the verdict itself sets the status.
    package static let codesOfVerdicts: Set<String> = [
        "lame-server", "silent-server", "failing-server", "intercepted", "dnssec-bogus",
    ]
}
