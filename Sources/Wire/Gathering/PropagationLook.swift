import DNSModel
import FoundationEssentials

/// Looks at one record everywhere: the authoritative side first, and the caches only when the gate is open, so that
/// looking leaves no old answer behind.
package struct PropagationLook: Sendable {
    package typealias Change = @Sendable (GatheredEvidence) -> Void

    let subject: CheckSubject
    let settings: CheckSettings
    let authoritative: AuthoritativeGathering
    let resolving: ResolverGathering
    private let skippedFamilies: Set<IPAddress.Family>

    /// Walks start at `root`; the unfiltered twins of resolvers are looked up in `list`. With a `share` of a budget, each
    /// resolver operator is asked only when that allows it. What a `known` walk has learnt of delegations is relied on.
    package init(
        _ subject: CheckSubject, settings: CheckSettings, list: ResolverList, root: Delegation, engine: QueryEngine,
        share: BudgetShare? = nil, known: DelegationWalk? = nil
    ) {
        self.subject = subject
        self.settings = settings
        let destinations = settings.resolvers.flatMap(\.destinations).compactMap(\.endpoint?.address)
        let reachable = LocalRoutes.families(
            towards: root.glue.values.flatMap(\.self), orElse: settings.nameservers.map(\.address) + destinations)
        skippedFamilies = settings.families.subtracting(reachable)
        let families = settings.families.intersection(reachable)
        // Routes that have come or gone lead elsewhere than it has looked.
        let usable = known.flatMap { $0.families == families ? $0 : nil }
        let walk =
            usable
            ?? DelegationWalk(
                engine: engine, root: root, families: families, retry: settings.authoritativeRetry,
                resolvers: settings.systemResolvers)
        authoritative = AuthoritativeGathering(
            walk: walk, retry: settings.authoritativeRetry, transport: settings.authoritativeTransport)
        resolving = ResolverGathering(walk: walk, retry: settings.resolverRetry, list: list, share: share)
    }

    package var question: Question { subject.question }
    package var walk: DelegationWalk { authoritative.walk }

    /// Whether there is a route to anything that would be asked.
    package var hasRoute: Bool { !authoritative.walk.families.isEmpty }

    /// Looks once, by the memory that earlier looks have left. `onChange` sees the evidence as it grows.
    ///
    /// When the settings' deadline ends the look, servers that have not answered by then count as silent, and resolvers
    /// whose turn has not come as not asked.
    package func check(
        memory: GatheredEvidence.Memory = GatheredEvidence.Memory(), onChange: @escaping Change = { _ in }
    ) async -> GatheredEvidence {
        await Deadline.run(settings.deadline) { await gather(memory, onChange) }
    }

    private func gather(_ memory: GatheredEvidence.Memory, _ onChange: Change) async -> GatheredEvidence {
        var survey = await survey(memory: memory, onChange)
        survey.evidence.endWaiting(for: \.authoritative)
        guard !Judgement(of: survey.evidence).gate.isHeld else { return survey.evidence }
        guard !Task.isCancelled else {
            survey.evidence.leaveOutResolvers(because: "no time was left")
            return survey.evidence
        }
        let side = AuthoritativeSide(survey.evidence)
        let rows = ResolverSurvey(subject.question, targets: survey.targets, side: side)
        let asked = await resolving.ask(rows, samples: settings.samples) { rows in
            survey.evidence.resolvers = rows.rows
            survey.evidence.now = Date()
            onChange(survey.evidence)
        }
        survey.evidence.resolvers = asked.rows
        survey.evidence.now = Date()
        survey.evidence.endWaiting(for: \.resolvers)
        return survey.evidence
    }

    /// What stands before any resolver is asked.
    struct Survey: Sendable {
        var evidence: GatheredEvidence
        var targets: [ResolverSurvey.Target]
    }

    /// Surveys the authoritative side, and finds out where resolvers are to be asked, unless there is `evidence` already:
    /// those are then where they were.
    func survey(
        after known: GatheredEvidence? = nil, memory: GatheredEvidence.Memory = GatheredEvidence.Memory(),
        _ onChange: (GatheredEvidence) -> Void
    ) async -> Survey {
        async let targets = known == nil ? resolving.targets(settings.resolvers) : []
        var evidence = known ?? emptyEvidence(memory)
        // So that a report shows from the start what is still awaited.
        if known == nil {
            evidence.resolvers = resolving.targets(settings.resolvers, addresses: [:]).map {
                Observation($0, subject.question)
            }
        }
        if settings.judging.asksAuthoritative {
            let source: Zone.Source = settings.systemResolvers == nil ? .walk : .systemResolver
            let survey = await authoritative.survey(subject.question, extraServers: settings.nameservers) { survey in
                survey.contribute(to: &evidence, source: source, isOver: false)
                evidence.now = Date()
                onChange(evidence)
            }
            survey.contribute(to: &evidence, source: source)
        }
        let found = await targets
        if known == nil { evidence.resolvers = found.map { Observation($0, subject.question) } }
        evidence.now = Date()
        onChange(evidence)
        return Survey(evidence: evidence, targets: found)
    }

    private func emptyEvidence(_ memory: GatheredEvidence.Memory) -> GatheredEvidence {
        let now = Date()
        return GatheredEvidence(
            question: subject.question, expectation: subject.expectation, previous: subject.previous,
            skippedFamilies: skippedFamilies, walkAnswered: false, options: settings.judging, memory: memory,
            startedAt: now, now: now)
    }
}

extension GatheredEvidence {
    /// Whether an authoritative answer leads to a name that the chain of aliases does not, as after an alias was changed.
    func isOutdated(by observation: Observation) -> Bool {
        guard observation.server.side == .authoritative, let response = observation.samples.last?.response,
            response.isAuthoritative,
            let link = CNAMEChain(from: observation.question, in: response.answer).links.first
        else { return false }
        return !chain.links.contains { $0.target == link.target }
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
