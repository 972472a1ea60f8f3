import DNSModel
import FoundationEssentials

@testable import Wire

/// The state machines that decide what is asked, while servers say anything.
struct Surveys {
    private let scene: Scene
    private let library: [RecordData]

    /// More replies than a survey that ends by itself needs in most cases.
    private static let replyLimit = 150

    init(_ scene: Scene, library: [RecordData]) {
        self.scene = scene
        self.library = library
    }

    /// What both sides gather.
    func evidence(using dice: inout Dice) throws(FuzzFailure) -> GatheredEvidence {
        var evidence = dice.evidence(of: scene, isMadeUp: true)
        var survey = AuthoritativeSurvey(families: Set(IPAddress.Family.allCases))
        var actions = survey.start(scene.question)
        for _ in 0..<Self.replyLimit {
            guard let action = actions.popLast() else { break }
            for event in events(of: action, using: &dice) { actions += survey.handle(event) }
        }
        survey.contribute(to: &evidence, source: .walk)
        try require(survey.visits.count <= 16, "a survey visits no more zones than it may")
        evidence.resolvers = resolvers(evidence, using: &dice)
        return evidence
    }

    private func events(
        of action: AuthoritativeSurvey.Action, using dice: inout Dice
    ) -> [AuthoritativeSurvey.Event] {
        switch action {
        case .walk(let visit, let question): return [.found(visit: visit, walk(question, using: &dice))]
        case .resolve(let visit, let generation, let names):
            let found = dice.some(of: names).map { ($0, addresses(using: &dice)) }
            return [.resolved(visit: visit, generation: generation, Dictionary(found) { first, _ in first })]
        case .ask(let errands):
            return errands.prefix(Self.replyLimit).map { .replied($0, reply(to: $0.question, using: &dice)) }
        }
    }

    private func walk(
        _ question: Question, using dice: inout Dice
    ) -> Result<Delegation, DelegationWalk.Failure> {
        if dice.oneIn(6) { return .failure(.noUsableServer(zone: .root, tried: [], anyAnswer: dice.oneIn(2))) }
        let root = Delegation(apex: .root, parent: nil, nameservers: [])
        if let referral = root.referral(in: dice.response(in: scene), towards: question.name) {
            return .success(referral)
        }
        let names = dice.some(of: scene.names)
        let glue = dice.some(of: names).map { ($0, addresses(using: &dice)) }
        return .success(
            Delegation(
                apex: question.name.suffix(dice.below(3)), parent: .root, nameservers: names,
                glue: Dictionary(glue) { first, _ in first }))
    }

    private func addresses(using dice: inout Dice) -> [IPAddress] {
        dice.list(0...3) { IPAddress(octets: [192, 0, 2, UInt8($0.below(4))]) }.compactMap(\.self)
    }

    private func resolvers(_ evidence: GatheredEvidence, using dice: inout Dice) -> [Observation] {
        let targets = evidence.resolvers.map { observation in
            let other = Endpoint(.unspecified, transport: .https)
            return ResolverSurvey.Target(
                observation.server, twin: dice.pick(nil, other), secure: dice.pick(nil, other),
                notAsked: dice.once(in: 6) { $0.text() })
        }
        var survey = ResolverSurvey(scene.question, targets: targets, side: AuthoritativeSide(evidence))
        var errands = survey.start(samples: dice.number(1...3))
        for _ in 0..<Self.replyLimit {
            guard let errand = errands.popLast() else { break }
            errands += survey.handle(errand, reply(to: errand.query.question, using: &dice))
        }
        return survey.rows
    }

    private func reply(to question: Question, using dice: inout Dice) -> Reply {
        let asked = Scene(question, scene.responses, library: library)
        let result: Result<Response, QueryFailure> =
            dice.oneIn(6) ? .failure(dice.failure()) : .success(dice.response(in: asked))
        return Reply(
            index: 0, result: result, receivedAt: dice.time(), rtt: .milliseconds(dice.below(2000)),
            transport: dice.pick(.udp, .tcp))
    }
}
