import FoundationEssentials

extension StatusRules {
    var authoritativeReasons: [PropagationReport.Reason] {
        let asked = judgement.askedAuthoritative
        let isUsable = asked.contains { ![.timeout, .lame, .failing, .notAsked].contains($0.verdict) }
        if !isUsable { return unusableReasons(asked) }
        return [
            reason(.critical, asked, [.wrong], "differs from what is expected", "differ from what is expected"),
            lagReason(asked),
            reason(.warning, asked, [.lame], "is lame", "are lame"),
            reason(.warning, asked, [.timeout], "does not answer", "do not answer"),
            reason(.warning, asked, [.failing], "fails", "fail"),
        ].compactMap { $0 }
    }

    /// Nobody usable: the zone's fault when others answer, else nothing could be measured.
    private func unusableReasons(_ asked: [JudgedObservation]) -> [PropagationReport.Reason] {
        let evidence = judgement.evidence
        guard evidence.options.asksAuthoritative, !asked.contains(where: \.observation.isPending) else { return [] }
        // Servers in a family without a route are out of our sight, not broken.
        guard !asked.isEmpty || judgement.authoritative.isEmpty && evidence.skippedFamilies.isEmpty else { return [] }
        guard evidence.walkAnswered || judgement.hasAnyResponse else { return [] }
        return [.init(.critical, "no authoritative server gives a usable answer")]
    }

    private func lagReason(_ asked: [JudgedObservation]) -> PropagationReport.Reason? {
        let evidence = judgement.evidence
        let limit = evidence.options.lagLimit
        let overdue = asked.filter { one in
            guard one.verdict == .lagging, let since = evidence.memory.laggingSince[one.observation.key] else {
                return false
            }
            return evidence.now.timeIntervalSince(since) > limit.seconds
        }
        let text = ShortTime(Int(limit.seconds)).description
        return reason(.critical, overdue, [.lagging], "has lagged for over \(text)", "have lagged for over \(text)")
            ?? reason(.warning, asked, [.lagging], "lags", "lag")
    }

    private func reason(
        _ status: Status, _ asked: [JudgedObservation], _ verdicts: Set<Verdict>, _ one: String, _ many: String
    ) -> PropagationReport.Reason? {
        let meant = asked.filter { verdicts.contains($0.verdict) }
        guard !meant.isEmpty else { return nil }
        let listed = names.list(meant.map(\.server))
        return .init(status, "\(listed.text) \(listed.isPlural ? many : one)")
    }
}
