import FoundationEssentials

/// The rules that make a judgement OK, WARNING, CRITICAL or UNKNOWN, each with its reason in words.
package struct StatusRules: Sendable {
    private let judgement: Judgement
    private let findings: [Finding]
    private let names: ServerNames

    package init(_ judgement: Judgement, findings: [Finding]) {
        self.judgement = judgement
        self.findings = findings
        names = ServerNames(judgement.authoritative.map(\.server))
    }

    /// Every rule that fired, worst first. None means OK.
    package var reasons: [PropagationReport.Reason] {
        let found = authoritativeReasons + resolverReasons + transientReasons + measurementReasons + findingReasons
        let worst = found.map(\.status).max() ?? .ok
        var all = found
        // What could not be measured stays so when the time is over.
        if judgement.evidence.memory.isDeadlineOver, worst != .unknown {
            all.append(.init(.critical, "the deadline is over"))
        }
        return Status.allCases.sorted(by: >).flatMap { status in all.filter { $0.status == status } }
    }

    package var status: Status { reasons.first?.status ?? .ok }
}

// The authoritative side.
extension StatusRules {
    private var authoritativeReasons: [PropagationReport.Reason] {
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

// Resolvers, while the gate lets them be asked.
extension StatusRules {
    private var resolverReasons: [PropagationReport.Reason] {
        [
            sampleReason(.critical, .wrong, "is wrong", "are wrong"),
            sampleReason(.critical, .bogus, "cannot validate the answer (bogus)", "cannot validate the answer (bogus)"),
            sampleReason(.critical, .intercepted, "is intercepted", "are intercepted"),
            failingReason,
            sampleReason(.warning, .blocked, "blocks the name", "block the name"),
        ].compactMap { $0 }
    }

    /// Any sample counts: one cache that is wrong is not made right by others.
    private func sampleReason(
        _ status: Status, _ verdict: Verdict, _ one: String, _ many: String
    ) -> PropagationReport.Reason? {
        let meant = judgement.operators.filter { $0.samples.contains { $0.verdict == verdict } }
        guard !meant.isEmpty else { return nil }
        return .init(status, "\(Self.list(meant.map(\.name))) \(meant.count == 1 ? one : many)")
    }

    private var failingReason: PropagationReport.Reason? {
        let counted = judgement.countedOperators
        let failing = counted.filter { $0.verdict == .failing }
        guard !failing.isEmpty else { return nil }
        let isMost = failing.count * 2 > counted.count
        return .init(
            isMost ? .critical : .warning, "\(failing.count) of \(counted.count) operators fail to answer")
    }

    static func list(_ names: [String]) -> String {
        let shown = names.prefix(3).joined(separator: ", ")
        return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
    }
}

// What time alone should change.
extension StatusRules {
    private var transientReasons: [PropagationReport.Reason] {
        let options = judgement.evidence.options
        guard options.warning == nil, options.critical == nil else { return rangeReasons }
        let waiting = judgement.operators.filter(\.verdict.isTransient)
        guard !waiting.isEmpty else { return [] }
        let late = waiting.filter { $0.observations.contains(where: judgement.isPastPromise) }
        let verdicts: [Verdict] = [.negative, .stale, .mixed]
        let counts = verdicts.compactMap { verdict in
            let count = waiting.count { $0.verdict == verdict }
            return count == 0 ? nil : "\(count) \(verdict.word)"
        }
        let warning = PropagationReport.Reason(.warning, counts.joined(separator: ", "))
        return late.isEmpty ? [warning] : [.init(.critical, "past the ETA: \(Self.list(late.map(\.name)))"), warning]
    }

    private var rangeReasons: [PropagationReport.Reason] {
        guard let percent = judgement.percentConverged else { return [] }
        let options = judgement.evidence.options
        let text = "\(judgement.convergedOperators) of \(judgement.countedOperators.count) operators converged"
        if options.critical?.alerts(for: percent) ?? false { return [.init(.critical, text)] }
        if options.warning?.alerts(for: percent) ?? false { return [.init(.warning, text)] }
        return []
    }
}

// Whether enough was seen to say anything.
extension StatusRules {
    private var measurementReasons: [PropagationReport.Reason] {
        if !judgement.hasAnyResponse, !judgement.evidence.walkAnswered { return [.init(.unknown, "nothing answered")] }
        return [hiddenReason ?? expectationReason, operatorsReason].compactMap { $0 }
    }

    private var hiddenReason: PropagationReport.Reason? {
        guard let reason = judgement.evidence.hiddenReason else { return nil }
        let answered = (judgement.authoritative + judgement.resolvers).filter {
            ![.notAsked, .timeout].contains($0.verdict)
        }
        guard answered.allSatisfy({ $0.verdict == .hidden }) else { return nil }
        return .init(.unknown, "content is hidden: \(reason)")
    }

    private var expectationReason: PropagationReport.Reason? {
        guard judgement.side.expected == nil else { return nil }
        return .init(.unknown, "no authoritative server said what to expect, and nothing else does")
    }

    private var operatorsReason: PropagationReport.Reason? {
        guard !judgement.gate.isHeld, !judgement.operators.isEmpty else { return nil }
        let asked = judgement.operators.count(where: \.isAsked)
        guard asked > 0 else { return .init(.unknown, "no resolver could be asked") }
        let needed = judgement.evidence.options.minOperators ?? min(5, asked)
        let counted = judgement.countedOperators.count
        guard counted < needed else { return nil }
        return .init(.unknown, "only \(counted) of \(asked) operators count; \(needed) are needed")
    }

    private var findingReasons: [PropagationReport.Reason] {
        findings.filter { !Finding.codesOfVerdicts.contains($0.code) }.compactMap { finding in
            switch finding.severity {
            case .note: nil
            case .warning: .init(.warning, "\(finding.subject): \(finding.detail)")
            case .critical: .init(.critical, "\(finding.subject): \(finding.detail)")
            }
        }
    }
}

extension Judgement {
    /// Whether any server that was observed sent anything at all.
    package var hasAnyResponse: Bool {
        (authoritative + resolvers).contains { $0.samples.contains { $0.sample.response != nil } }
    }

    /// Whether a cache still holds what it was promised to have dropped. A cache not met before, which fetched it while
    /// it was still published, is outside the promise.
    package func isPastPromise(_ observation: JudgedObservation) -> Bool {
        guard let promise = evidence.memory.promises[observation.observation.key] else { return false }
        return observation.samples.contains { judged in
            guard judged.verdict.isTransient, judged.sample.receivedAt >= promise else { return false }
            guard let expiry = judged.expiry, let opened = evidence.memory.gateOpenedAt, let answer = judged.answer,
                let limit = side.ttlLimit(at: answer.firstDifference(from: side.chain), for: answer.values)
            else { return true }
            return expiry > opened.addingTimeInterval(Double(limit.seconds) + CacheClusters.tolerance)
        }
    }
}
