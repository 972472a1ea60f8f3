import FoundationEssentials

extension Finding {
    /// Resolvers whose identity says that somebody else answers.
    static func identities(_ judgement: Judgement) -> [Finding] {
        let interception = Interception(judgement.evidence.resolvers)
        return judgement.operators.filter { interception.suspects.contains($0.id) }.map { found in
            let isProved = found.observations.contains { $0.verdict == .intercepted }
            let said = found.observations.lazy.compactMap(\.observation.identity.text).first ?? ""
            return Finding(
                code: isProved ? "intercepted" : "unexpected-identity", severity: isProved ? .critical : .note,
                subject: found.name,
                detail: isProved
                    ? "somebody else answers for its addresses: the server calls itself \"\(said)\""
                    : "the server calls itself \"\(said)\", which is not its usual way",
                advice: isProved
                    ? "port 53 is redirected on the way; ask with --transport https, or from another network" : "")
        }
    }

    /// What operators' answers show besides their verdicts.
    static func resolverAnswers(_ judgement: Judgement) -> [Finding] {
        judgement.operators.flatMap { found in bogus(found) + blocked(found) + disagreement(found) }
    }

    private static func bogus(_ found: JudgedOperator) -> [Finding] {
        guard let sample = found.samples.first(where: { $0.verdict == .bogus }) else { return [] }
        let errors = sample.sample.response?.edns?.extendedErrors ?? []
        let why = errors.first.map { " (\($0))" } ?? ""
        return [
            Finding(
                code: "dnssec-bogus", severity: .critical, subject: found.name,
                detail: "refuses the answer because its signatures do not validate\(why)",
                advice: "compare DS, DNSKEY and RRSIG; sign the zone again if signatures have expired")
        ]
    }

    private static func blocked(_ found: JudgedOperator) -> [Finding] {
        guard let sample = found.samples.first(where: { $0.verdict == .blocked }) else { return [] }
        let errors = sample.sample.response?.edns?.extendedErrors ?? []
        let sign = errors.first(where: \.isBlock).map(\.description) ?? sample.answer?.words ?? "a refusal"
        return [
            Finding(
                code: "blocked", severity: .note, subject: found.name, detail: "filters the name: \(sign)",
                advice: "if it should not, tell the operator; waiting does not help")
        ]
    }

    private static func disagreement(_ found: JudgedOperator) -> [Finding] {
        let verdicts = Set(found.samples.map(\.verdict).filter(\.isCounted))
        guard verdicts.count > 1, found.cacheCount > 1 else { return [] }
        return [
            Finding(
                code: "caches-disagree", severity: .note, subject: found.name,
                detail: "its caches hold different answers: \(found.note ?? "")")
        ]
    }
}
