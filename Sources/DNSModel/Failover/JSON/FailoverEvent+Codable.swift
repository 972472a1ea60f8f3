/// The keys under which the values of each case stand, so that the journal can be read by people:
/// `{"checked": {"server": "charlie", "result": {…}}}`.
extension FailoverEvent {
    enum CheckedCodingKeys: String, CodingKey { case _0 = "server", _1 = "result" }
    enum LookedCodingKeys: String, CodingKey { case _0 = "view" }
    enum PublishedCodingKeys: String, CodingKey { case _0 = "change", _1 = "outcome" }
    enum SpreadCodingKeys: String, CodingKey { case _0 = "change", _1 = "spread" }
    enum WatchedCodingKeys: String, CodingKey { case drift }
    enum OrderedCodingKeys: String, CodingKey { case _0 = "order" }
    enum ConfiguredCodingKeys: String, CodingKey { case _0 = "scheme", _1 = "traits" }
}

extension AuthorityView.Served {
    enum AgreedCodingKeys: String, CodingKey { case _0 = "values" }
    enum MixedCodingKeys: String, CodingKey { case _0 = "rrsets" }
}

extension Spread {
    enum StuckCodingKeys: String, CodingKey { case _0 = "why" }
}

extension FailoverOrder {
    enum StartMaintenanceCodingKeys: String, CodingKey { case _0 = "server", _1 = "order" }
    enum EndMaintenanceCodingKeys: String, CodingKey { case _0 = "server", who }
    enum PinCodingKeys: String, CodingKey { case _0 = "server", _1 = "order" }
    enum FreezeCodingKeys: String, CodingKey { case _0 = "order" }
    enum PretendCodingKeys: String, CodingKey { case _0 = "server", _1 = "health", _2 = "order" }
    enum EndPretenceCodingKeys: String, CodingKey { case _0 = "server", who }
}

extension FailoverNote {
    enum HealthCodingKeys: String, CodingKey { case _0 = "server", from, to, reason }
    enum MaintenanceCodingKeys: String, CodingKey { case _0 = "server", isOn, who, why }
    enum OrderCodingKeys: String, CodingKey { case _0 = "order" }
    enum ExpiredCodingKeys: String, CodingKey { case _0 = "order" }
    enum SelectedCodingKeys: String, CodingKey { case _0 = "servers", reason }
    enum SettledCodingKeys: String, CodingKey { case _0 = "change", _1 = "spread" }
}

extension ProviderError {
    enum PermanentCodingKeys: String, CodingKey { case _0 = "message", reply }
    enum TemporaryCodingKeys: String, CodingKey { case _0 = "message", reply, retryAfter }
    enum ConflictCodingKeys: String, CodingKey { case _0 = "message", found, reply }
    enum UncertainCodingKeys: String, CodingKey { case _0 = "message" }
}

extension PublishOutcome: Codable {
    private enum CodingKeys: String, CodingKey { case answered, vetoed }
    private enum AnswerKeys: String, CodingKey { case accepted, failed }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let why = try container.decodeIfPresent(String.self, forKey: .vetoed) {
            self = .vetoed(why)
            return
        }
        var answers = try container.nestedUnkeyedContainer(forKey: .answered)
        var outcomes: [ProviderOutcome] = []
        while !answers.isAtEnd {
            let answer = try answers.nestedContainer(keyedBy: AnswerKeys.self)
            if let reply = try answer.decodeIfPresent(ProviderReply.self, forKey: .accepted) {
                outcomes.append(.success(reply))
            } else {
                outcomes.append(.failure(try answer.decode(ProviderError.self, forKey: .failed)))
            }
        }
        self = .answered(outcomes)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .vetoed(let why): try container.encode(why, forKey: .vetoed)
        case .answered(let outcomes):
            var answers = container.nestedUnkeyedContainer(forKey: .answered)
            for outcome in outcomes {
                var answer = answers.nestedContainer(keyedBy: AnswerKeys.self)
                switch outcome {
                case .success(let reply): try answer.encode(reply, forKey: .accepted)
                case .failure(let error): try answer.encode(error, forKey: .failed)
                }
            }
        }
    }
}
