import DNSModel

extension ObservedChange {
    /// The answers in a report that are others than in the one before, or new. What is still awaited is no answer.
    static func changes(from before: PropagationReport?, to report: PropagationReport) -> [ObservedChange] {
        guard let name = try? DomainName(report.name), let type = RecordType(report.type) else { return [] }
        let known = Dictionary(
            (before?.observations ?? []).map { (Key($0), Seen($0)) }, uniquingKeysWith: { first, _ in first })
        return report.observations.compactMap { answer in
            guard answer.notAsked == nil, known[Key(answer)] != Seen(answer) else { return nil }
            let isAuthoritative = answer.side == .authoritative
            return ObservedChange(
                name: name, type: type, observer: isAuthoritative ? answer.label : answer.operatorName,
                isAuthoritative: isAuthoritative, address: answer.endpoint, verdict: answer.verdict,
                values: answer.values, ttl: answer.ttl.map { TTL($0) })
        }
    }

    private struct Key: Hashable {
        let id: String
        let endpoint: String
        let question: String?

        init(_ answer: PropagationReport.ObservedAnswer) {
            id = answer.id
            endpoint = answer.endpoint
            question = answer.question
        }
    }

    private struct Seen: Hashable {
        let verdict: Verdict
        let values: [String]

        init(_ answer: PropagationReport.ObservedAnswer) {
            verdict = answer.verdict
            values = answer.values.sorted()
        }
    }
}
