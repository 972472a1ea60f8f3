import DNSModel
import FoundationEssentials

/// Looks at one record everywhere, once or again and again: the authoritative side first, and the caches only when the
/// gate is open, so that looking leaves no old answer behind.
package struct PropagationLook: Sendable {
    package private(set) var evidence: GatheredEvidence
    private let settings: CheckSettings
    private let authoritative: AuthoritativeGathering
    private let resolving: ResolverGathering
    private var survey: AuthoritativeSurvey?
    private var caches: ResolverSurvey?

    /// Walks start at `root`; the unfiltered twins of resolvers are looked up in `list`.
    package init(
        _ subject: CheckSubject, settings: CheckSettings, list: ResolverList, root: Delegation, engine: QueryEngine,
        now: Date = Date()
    ) {
        self.settings = settings
        let destinations = settings.resolvers.flatMap(\.destinations).compactMap(\.endpoint?.address)
        let reachable = LocalRoutes.families(
            towards: root.glue.values.flatMap(\.self) + settings.nameservers.map(\.address) + destinations)
        let families = settings.families.intersection(reachable)
        let walk = DelegationWalk(
            engine: engine, root: root, families: families, retry: settings.authoritativeRetry,
            resolvers: settings.systemResolvers)
        authoritative = AuthoritativeGathering(
            walk: walk, retry: settings.authoritativeRetry, transport: settings.authoritativeTransport)
        resolving = ResolverGathering(walk: walk, retry: settings.resolverRetry, list: list)
        evidence = GatheredEvidence(
            question: subject.question, expectation: subject.expectation, previous: subject.previous,
            skippedFamilies: settings.families.subtracting(reachable), walkAnswered: false,
            options: settings.judging, startedAt: now, now: now)
    }

    /// Looks for the first time. `onChange` sees the evidence as it grows.
    package mutating func first(onChange: (GatheredEvidence) -> Void = { _ in }) async {
        async let targets = resolving.targets(settings.resolvers)
        if settings.judging.asksAuthoritative {
            let question = evidence.question
            survey = await authoritative.survey(question, extraServers: settings.nameservers) { survey in
                note(survey, onChange)
            }
        }
        var published: Set<Set<RecordData>> = []
        for observation in evidence.authoritative {
            guard let response = observation.samples.last?.response, response.isAuthoritative else { continue }
            published.insert(response.data(answering: observation.question))
        }
        let caches = ResolverSurvey(evidence.question, targets: await targets, published: published)
        self.caches = caches
        note(caches, onChange)
        await askResolvers(onChange: onChange)
    }

    /// Asks the authoritative side again.
    package mutating func refreshAuthoritative(onChange: (GatheredEvidence) -> Void = { _ in }) async {
        guard let survey else { return }
        self.survey = await authoritative.refresh(survey) { note($0, onChange) }
    }

    /// Asks the resolvers that are due, when the gate lets them be asked.
    package mutating func askResolvers(
        isDue: (Observation.Key) -> Bool = { _ in true }, onChange: (GatheredEvidence) -> Void = { _ in }
    ) async {
        guard let caches, !Judgement(of: evidence).gate.isHeld else { return }
        self.caches = await resolving.ask(caches, samples: settings.samples, isDue: isDue) { note($0, onChange) }
    }

    private mutating func note(_ survey: AuthoritativeSurvey, _ onChange: (GatheredEvidence) -> Void) {
        survey.contribute(to: &evidence, source: settings.systemResolvers == nil ? .walk : .systemResolver)
        evidence.now = Date()
        onChange(evidence)
    }

    private mutating func note(_ caches: ResolverSurvey, _ onChange: (GatheredEvidence) -> Void) {
        evidence.resolvers = caches.rows
        evidence.now = Date()
        onChange(evidence)
    }
}

extension CheckSettings {
    private static let tries = 2

    /// For servers that have the answer ready.
    var authoritativeRetry: RetryPolicy {
        RetryPolicy(tryTimeout: timeout, tries: Self.tries, deadline: timeout * 5 / 2)
    }

    /// A cache that has to find the answer first may need several seconds, and says so by nothing but silence.
    var resolverRetry: RetryPolicy {
        RetryPolicy(tryTimeout: timeout, tries: Self.tries, deadline: timeout * 3)
    }
}
