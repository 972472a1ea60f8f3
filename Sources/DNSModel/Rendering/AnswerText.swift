extension PropagationReport.ObservedAnswer {
    /// What was answered, or what came instead of an answer; as it came, so not yet safe to print. An alias that the
    /// server does not follow further stands behind an arrow.
    package func answerText(arrow: String = "->") -> String {
        let alias = side == .authoritative ? chain.last.map { "\(arrow) \($0.target)" } : nil
        return AnswerText(values, alias: alias, rcode: rcode, error: error, notAsked: notAsked).text
    }
}

extension PropagationReport.OperatorLine {
    package func answerText() -> String { AnswerText(values, rcode: rcode, error: error, notAsked: notAsked).text }
}

/// An answer in a few words.
private struct AnswerText {
    let text: String

    init(_ values: [String], alias: String? = nil, rcode: String?, error: String?, notAsked: String?) {
        if let notAsked {
            text = notAsked == PropagationReport.awaited ? "" : notAsked
        } else if !values.isEmpty {
            text = values.joined(separator: ", ")
        } else if let alias, rcode == "NOERROR" {
            text = alias
        } else {
            text = error ?? (rcode == "NOERROR" ? "no such record" : rcode ?? "")
        }
    }
}
