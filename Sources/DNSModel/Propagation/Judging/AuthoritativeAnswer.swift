/// How an authoritative server address answered.
package enum AuthoritativeAnswer: Sendable, Hashable {
    case answered(Answer, serial: SOASerial?)
    /// It does not serve the zone; with how that showed.
    case lame(String)
    /// A response code that is no answer.
    case failed(ResponseCode)
    case silent(QueryFailure)

    package init(_ sample: Sample, of observation: Observation) {
        switch sample.result {
        case .failure(let failure): self = .silent(failure)
        case .success(let response): self.init(response, of: observation)
        }
    }

    private init(_ response: Response, of observation: Observation) {
        // NOTAUTH (RFC 2136 §2.2) is how some servers say what others say with REFUSED.
        if response.rcode == .refused || response.rcode.rawValue == 9 {
            self = .lame("answers \(response.rcode)")
        } else if let answer = Answer(response, to: observation.question) {
            self = Self.judge(answer, response, observation)
        } else {
            self = .failed(response.rcode)
        }
    }

    private static func judge(_ answer: Answer, _ response: Response, _ observation: Observation) -> Self {
        if let referral = response.referral {
            return .lame("refers to the servers of \(referral.cut)")
        }
        guard response.isAuthoritative else { return .lame("answers without authority (no AA)") }
        return .answered(answer, serial: serial(response, observation))
    }

    /// The serial that came with the answer itself, else the one that the address was asked for.
    private static func serial(_ response: Response, _ observation: Observation) -> SOASerial? {
        if let version = response.edns?.zoneVersion { return version.serial }
        if observation.question.type == .soa,
            let record = response.answer.first(where: { $0.owner == observation.question.name }),
            let soa = SOA(record.data)
        {
            return soa.serial
        }
        // Beyond an alias the SOA may be that of another zone.
        if let (record, soa) = response.authoritySOA, observation.question.name.isSubdomain(of: record.owner) {
            return soa.serial
        }
        return observation.serial
    }
}

extension AuthoritativeAnswer {
    package var answer: Answer? {
        if case .answered(let answer, _) = self { answer } else { nil }
    }

    package var serial: SOASerial? {
        if case .answered(_, let serial) = self { serial } else { nil }
    }
}
