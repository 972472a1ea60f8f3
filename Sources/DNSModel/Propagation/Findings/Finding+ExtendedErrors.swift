extension Finding {
    /// What servers say about their own answers (RFC 8914). It is unauthenticated, so that it is told and, save for why there is
    /// no answer, not believed.
    static func extendedErrors(_ judgement: Judgement) -> [Finding] {
        let servers = judgement.askedAuthoritative.map { ($0.server.label, $0.samples) }
        let operators = judgement.operators.map { ($0.name, $0.samples) }
        return (servers + operators).flatMap { name, samples in
            samples.flatMap { $0.sample.response?.edns?.extendedErrors ?? [] }
                .filter { !$0.isBlock }
                .map { Finding(code: "extended-error", severity: .note, subject: name, detail: "says: \($0)") }
        }
    }
}
