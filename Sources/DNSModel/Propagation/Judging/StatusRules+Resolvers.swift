extension StatusRules {
    var resolverReasons: [PropagationReport.Reason] {
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

    /// Whoever gave an answer does not fail, even where nothing tells whether the answer is right.
    private var failingReason: PropagationReport.Reason? {
        let heard = judgement.operators.filter { $0.verdict.isCounted || $0.verdict == .unjudged }
        let failing = heard.count { $0.verdict == .failing }
        guard failing > 0 else { return nil }
        return .init(
            failing * 2 > heard.count ? .critical : .warning, "\(failing) of \(heard.count) operators fail to answer")
    }

    static func list(_ names: [String]) -> String {
        let shown = names.prefix(3).joined(separator: ", ")
        return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
    }
}
