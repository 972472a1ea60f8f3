extension Finding {
    /// More aliases in a row than this, and some resolvers give up.
    private static let longestChain = 8

    static func aliases(_ judgement: Judgement) -> [Finding] {
        let chain = judgement.evidence.chain
        let isLoop =
            chain.isLoop
            || judgement.authoritative.contains { $0.samples.last?.answer?.content == .loop }
        let subject = judgement.evidence.question.name.description
        if isLoop {
            let names = (chain.links.map(\.owner) + [chain.end]).map(\.description)
            return [
                Finding(
                    code: "cname-loop", severity: .critical, subject: subject,
                    detail: names.count > 1
                        ? "is an alias that leads back: \(names.joined(separator: " -> "))"
                        : "is an alias that leads back to itself",
                    advice: "point one of the aliases at a name that has records")
            ]
        }
        guard chain.links.count > longestChain else { return [] }
        return [
            Finding(
                code: "long-cname-chain", severity: .warning, subject: subject,
                detail: "is \(chain.links.count) aliases away from its records; resolvers may give up",
                advice: "point the alias at the last name directly")
        ]
    }
}
