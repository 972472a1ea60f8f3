/// Judges what authoritative addresses said.
package struct AuthoritativeJudge: Sendable {
    package let side: AuthoritativeSide
    /// Whether the provider shows its own addresses.
    package let isHidden: Bool

    package init(side: AuthoritativeSide, isHidden: Bool = false) {
        self.side = side
        self.isHidden = isHidden
    }

    package func judge(_ observation: Observation) -> JudgedObservation {
        JudgedObservation(observation, samples: observation.samples.map { judge($0, of: observation) })
    }

    private func judge(_ sample: Sample, of observation: Observation) -> JudgedSample {
        switch AuthoritativeAnswer(sample, of: observation) {
        case .silent: JudgedSample(sample, .timeout)
        case .lame: JudgedSample(sample, .lame)
        case .failed: JudgedSample(sample, .failing)
        case .answered(let answer, let serial):
            JudgedSample(
                sample, verdict(answer, serial: serial, question: observation.question), answer: answer,
                ttl: answer.ttl)
        }
    }

    private func verdict(_ answer: Answer, serial: SOASerial?, question: Question) -> Verdict {
        switch answer.content {
        case .loop: .wrong
        case .alias(let target): aliasVerdict(target, serial: serial, question: question)
        case .records where isHidden: .hidden
        case .records, .nameError, .noData: finalVerdict(answer.values, serial: serial, question: question)
        }
    }

    private func aliasVerdict(_ target: DomainName, serial: SOASerial?, question: Question) -> Verdict {
        if side.isRightAlias(target, for: question) { return .converged }
        return side.isBehind(serial, at: question) ? .lagging : .wrong
    }

    private func finalVerdict(_ values: Set<RecordData>, serial: SOASerial?, question: Question) -> Verdict {
        guard let expected = side.expected else { return .unjudged }
        if expected.isMet(by: values) { return .converged }
        let isPrevious = side.previous.contains { $0.matches(values) }
        return isPrevious || side.isBehind(serial, at: question) ? .lagging : .wrong
    }
}
