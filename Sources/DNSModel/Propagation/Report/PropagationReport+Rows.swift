import FoundationEssentials

extension PropagationReport.ObservedAnswer {
    init(_ judged: JudgedObservation, in judgement: Judgement) {
        let (server, observation, shown) = (judged.server, judged.observation, judged.decisive)
        let now = judgement.evidence.now
        let response = shown?.sample.response
        let authority =
            server.side == .authoritative ? shown.map { AuthoritativeAnswer($0.sample, of: observation) } : nil
        side = server.side
        id = server.id
        label = server.label
        operatorID = server.operatorID
        operatorName = server.operatorName
        country = server.country
        address = server.endpoint.address.description
        port = server.endpoint.port
        endpoint = server.endpoint.description
        transport = (shown?.sample.transport ?? server.endpoint.transport).rawValue
        question = observation.question == judgement.evidence.question ? nil : "\(observation.question)"
        vantage = observation.vantage
        verdict = judged.verdict
        counted = server.side == .resolver && judged.verdict.isCounted
        presumed = shown?.isPresumed ?? false
        notAsked = observation.isPending ? PropagationReport.awaited : observation.notAsked
        rcode = response?.rcode.description
        flags = response?.flags.names ?? []
        values = shown?.answer?.values.texts ?? []
        chain = shown?.answer?.chain.links.map(PropagationReport.Link.init) ?? []
        ttl = shown?.ttl?.seconds
        secondsLeft = shown?.secondsLeft(from: now)
        rttMS = shown?.sample.rttMS
        nsid = observation.identity.text
        ede = response?.extendedErrorTexts ?? []
        serial = (authority?.serial ?? observation.serial)?.rawValue
        caches = CacheClusters.count(judged.samples)
        samples = judged.samples.map { PropagationReport.SampleLine($0, now: now) }
        error = authority?.trouble ?? shown?.trouble
    }
}

extension PropagationReport.SampleLine {
    init(_ judged: JudgedSample, now: Date) {
        let response = judged.sample.response
        received = judged.sample.receivedAt
        transport = judged.sample.transport.rawValue
        verdict = judged.verdict
        rcode = response?.rcode.description
        values = judged.answer?.values.texts ?? []
        ttl = judged.ttl?.seconds
        secondsLeft = judged.secondsLeft(from: now)
        rttMS = judged.sample.rttMS
        ede = response?.extendedErrorTexts ?? []
        error = judged.trouble
    }
}

extension PropagationReport.OperatorLine {
    init(_ judged: JudgedOperator, now: Date) {
        let shown = judged.decisive
        let asked = judged.observations.map(\.observation)
        id = judged.id
        name = judged.name
        country = judged.country
        verdict = judged.verdict
        counted = judged.verdict.isCounted
        presumed = shown?.isPresumed ?? false
        notAsked =
            judged.isPending
            ? PropagationReport.awaited : judged.samples.isEmpty ? asked.compactMap(\.notAsked).first : nil
        values = shown?.answer?.values.texts ?? []
        rcode = shown?.sample.response?.rcode.description
        ttl = shown?.ttl?.seconds
        secondsLeft = shown?.secondsLeft(from: now)
        rttMS = shown?.sample.rttMS
        nsid = asked.lazy.compactMap(\.identity.text).first
        ede = shown?.sample.response?.extendedErrorTexts ?? []
        error = shown?.trouble
        convergedSamples = judged.convergedSamples
        samples = judged.samples.count
        caches = judged.cacheCount
        note = judged.note
        addresses = asked.count
    }
}

extension JudgedSample {
    /// Whole seconds until the cache drops what it should not hold, rounded up.
    fileprivate func secondsLeft(from now: Date) -> Int? {
        guard verdict.isTransient, let expiry else { return nil }
        return max(0, Int(expiry.timeIntervalSince(now).rounded(.up)))
    }

    /// What went wrong instead of an answer.
    fileprivate var trouble: String? {
        switch sample.result {
        case .failure(let failure): failure.description
        case .success(let response): answer == nil && verdict != .intercepted ? response.rcode.description : nil
        }
    }
}

extension AuthoritativeAnswer {
    fileprivate var trouble: String? {
        switch self {
        case .answered: nil
        case .lame(let sign): sign
        case .failed(let rcode): rcode.description
        case .silent(let failure): failure.description
        }
    }
}

extension Sample {
    /// Rounded to microseconds.
    fileprivate var rttMS: Double {
        let (seconds, attoseconds) = rtt.components
        return Double(seconds) * 1000 + Double(attoseconds / 1_000_000_000_000) / 1000
    }
}

extension Response {
    fileprivate var extendedErrorTexts: [PropagationReport.ExtendedErrorText] {
        edns?.extendedErrors.map { PropagationReport.ExtendedErrorText(code: $0.code, text: $0.description) } ?? []
    }
}
