extension Finding {
    /// Servers that disagree, serials that differ, and a record that nobody has.
    static func authoritativeContent(_ judgement: Judgement) -> [Finding] {
        variations(judgement) + skew(judgement) + absence(judgement)
    }

    private static func variations(_ judgement: Judgement) -> [Finding] {
        judgement.side.variations.map { question in
            let answers = judgement.askedAuthoritative.filter { $0.observation.question == question }
                .compactMap { judged in judged.samples.last?.answer.map { (judged.server, $0) } }
            var seen: Set<String> = []
            let texts = answers.map { "\($0.label) has \($1.words)" }.filter { seen.insert($0).inserted }
            return Finding(
                code: "varies", severity: .warning, subject: "\(question)",
                detail: "authoritative servers disagree, and no serial tells which is newer: "
                    + texts.joined(separator: ", "),
                advice: "unless the answer is meant to depend on who asks, make the servers load the same zone")
        }
    }

    private static func skew(_ judgement: Judgement) -> [Finding] {
        judgement.evidence.zones.compactMap { zone in
            let serials = Serials(judgement, of: zone)
            guard let (oldest, newest) = serials.range, oldest != newest else { return nil }
            let behind = serials.servers(at: oldest)
            return Finding(
                code: "serial-skew", severity: .note, subject: zone.apex.description,
                detail: "serials range from \(oldest) (\(behind.joined(separator: ", "))) to \(newest)",
                advice: "nothing, if the zone has several primaries or was just changed; else look at the transfers")
        }
    }

    private static func absence(_ judgement: Judgement) -> [Finding] {
        guard let expected = judgement.side.expected, expected.source == .authoritative, expected.isAbsence
        else { return [] }
        let noName = judgement.askedAuthoritative.contains { $0.samples.last?.answer?.content == .nameError }
        let question = judgement.evidence.question
        return [
            Finding(
                code: noName ? "no-such-name" : "no-such-record", severity: .warning,
                subject: "\(question.name)",
                detail: noName
                    ? "the authoritative servers say that the name does not exist"
                    : "the authoritative servers have no \(question.type) record for it",
                advice: "check the spelling, or say that it must not exist with --expect-none")
        ]
    }
}

extension Answer {
    /// `192.0.2.1`, `NXDOMAIN`, `an alias to cat.example.net`.
    package var words: String {
        switch content {
        case .records(let values): values.brief
        case .nameError: "NXDOMAIN"
        case .noData: "NODATA"
        case .alias(let target): "an alias to \(target)"
        case .loop: "an alias that leads back to itself"
        }
    }
}
