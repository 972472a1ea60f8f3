import FoundationEssentials

/// Judges what resolvers' caches said, by what the authoritative side says.
package struct ResolverJudge: Sendable {
    package let side: AuthoritativeSide
    package let interception: Interception
    package let chain: CNAMEChain
    package let isHidden: Bool
    /// Since when a resolver's unexpected answer has been presumed stale.
    package let presumedSince: [Observation.Key: Date]
    /// The operators that gave each RRset.
    private let operators: [Set<RecordData>: Set<String>]

    package init(_ evidence: GatheredEvidence, side: AuthoritativeSide) {
        self.side = side
        interception = Interception(evidence.resolvers)
        chain = evidence.chain
        isHidden = evidence.hiddenReason != nil
        presumedSince = evidence.memory.presumedSince
        operators = evidence.resolvers.reduce(into: [:]) { operators, observation in
            for response in observation.samples.compactMap(\.response) {
                guard let answer = Answer(response, to: observation.question) else { continue }
                operators[answer.values, default: []].insert(observation.server.operatorID)
            }
        }
    }

    package func judge(_ observation: Observation) -> JudgedObservation {
        JudgedObservation(observation, samples: observation.samples.map { judge($0, of: observation) })
    }

    private func judge(_ sample: Sample, of observation: Observation) -> JudgedSample {
        if interception.isProved(for: observation) { return JudgedSample(sample, .intercepted) }
        guard let response = sample.response else { return JudgedSample(sample, .timeout) }
        guard let answer = Answer(response, to: observation.question), response.referral == nil else {
            return JudgedSample(sample, failure(response, of: observation))
        }
        let position = answer.firstDifference(from: chain)
        let ttl = answer.ttl(at: position)
        let outcome = verdict(answer, in: response, at: position, receivedAt: sample.receivedAt, of: observation)
        return JudgedSample(sample, outcome.verdict, isPresumed: outcome.isPresumed, answer: answer, ttl: ttl)
    }

    /// A response code that is no answer, or a server that does not resolve.
    private func failure(_ response: Response, of observation: Observation) -> Verdict {
        if response.isMarkedBlocked { return .blocked }
        if response.rcode == .servFail, isBogus(response, unchecked: observation.checkingDisabled?.response) {
            return .bogus
        }
        return response.rcode == .refused && twinHasRecord(observation) ? .blocked : .failing
    }

    /// Whether a SERVFAIL means that signatures do not validate: nothing is wrong with checking disabled, or the server says
    /// so itself, as some do that fail either way.
    ///
    /// One that fails either way and does not say why is `failing`, even beside others that are bogus: PowerDNS Recursor
    /// 4.8 gives up so on expired signatures, and a resolver that is broken looks no different.
    private func isBogus(_ failed: Response, unchecked: Response?) -> Bool {
        if failed.namesValidationFailure { return true }
        return unchecked.map { $0.rcode == .noError || $0.rcode == .nxDomain || $0.namesValidationFailure } ?? false
    }
}

extension ResolverJudge {
    private func verdict(
        _ answer: Answer, in response: Response, at position: Int, receivedAt: Date, of observation: Observation
    ) -> (verdict: Verdict, isPresumed: Bool) {
        let values = answer.values
        if isHidden, !values.isEmpty { return (.hidden, false) }
        guard let expected = side.expected else {
            return (response.isMarkedBlocked || values.areUnspecified ? .blocked : .unjudged, false)
        }
        if expected.isMet(by: values) { return (.converged, false) }
        if response.isMarkedBlocked || values.areUnspecified { return (.blocked, false) }
        if values.isEmpty { return (absenceVerdict(answer, in: response, of: observation), false) }
        if side.previous.contains(where: { $0.matches(values) }) { return (.stale, false) }
        if expected.isPartlyMet(by: values) { return (.mixed, false) }
        // Where a filter leads to, no other operator does.
        if operators[values, default: []].count < 2, twinHasRecord(observation) { return (.blocked, false) }
        let isStale = isPresumedStale(answer, at: position, receivedAt: receivedAt, of: observation)
        return (isStale ? .stale : .wrong, isStale)
    }

    private func absenceVerdict(_ answer: Answer, in response: Response, of observation: Observation) -> Verdict {
        // A block that hides behind NXDOMAIN has no SOA to cache it by, since no zone said so.
        let mayBeBlock = response.rcode == .nxDomain && response.authority.isEmpty
        if mayBeBlock, observation.server.blocksWithEmptyAuthority || twinHasRecord(observation) { return .blocked }
        if side.allHaveRecord { return .negative }
        return side.previous.contains { $0.matches([]) } ? .stale : .wrong
    }

    /// With no previous known, an unexpected answer may be what was there before, as long as its TTL could be that of
    /// the record and it has not outlived it.
    private func isPresumedStale(
        _ answer: Answer, at position: Int, receivedAt: Date, of observation: Observation
    ) -> Bool {
        guard side.previous.isEmpty, side.hasAnswer else { return false }
        guard let limit = side.ttlLimit(at: position, for: answer.values) else { return true }
        guard let ttl = answer.ttl(at: position), ttl <= limit else { return false }
        guard let since = presumedSince[observation.key] else { return true }
        return receivedAt <= since.addingTimeInterval(Double(limit.seconds) + 1)
    }

    /// Whether the unfiltered twin, asked the same, gave the expected records.
    private func twinHasRecord(_ observation: Observation) -> Bool {
        guard let response = observation.twin?.response, let expected = side.expected, !expected.isAbsence,
            let answer = Answer(response, to: observation.question), !answer.values.isEmpty
        else { return false }
        return expected.isMet(by: answer.values)
    }
}

extension Response {
    /// Whether the server says that it withheld the answer (RFC 8914 §4.16 to §4.19).
    package var isMarkedBlocked: Bool { edns?.extendedErrors.contains(where: \.isBlock) ?? false }

    /// Whether it is a SERVFAIL for which the server blames signatures (RFC 8914).
    package var namesValidationFailure: Bool {
        rcode == .servFail && edns?.extendedErrors.contains(where: \.isValidationFailure) ?? false
    }
}

extension Set<RecordData> {
    /// Whether these are 0.0.0.0 or :: alone, which filters answer with.
    package var areUnspecified: Bool { !isEmpty && allSatisfy { $0.address?.isUnspecified ?? false } }
}
