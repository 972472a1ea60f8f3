import DNSModel
import FoundationEssentials
import Wire

/// Asks the authoritative servers what they have, for all schemes: walks and surveys now and then, and in between one
/// question to each address that answered before.
package actor Lookout {
    /// How the authoritative servers are found and asked.
    package struct Settings: Sendable {
        package var families = Set(IPAddress.Family.allCases)
        /// Asked besides those of the delegation.
        package var nameservers: [Endpoint] = []
        /// Whether delegations are walked; else only `nameservers` are asked.
        package var walks = true
        package var retry = RetryPolicy(tryTimeout: .seconds(2), tries: 2, deadline: .seconds(5))
        /// How many schemes are looked at at once.
        package var width = 64

        package init() {}
    }

    /// Where a question was answered.
    private struct Known {
        let endpoints: [Endpoint]
        let surveyedAt: Date
    }

    private let network: Network
    private let settings: Settings
    private let limiter: Limiter
    private let now: @Sendable () -> Date
    private var known: [Question: Known] = [:]
    private var walk: DelegationWalk
    private var walkBegan: Date

    /// How long what was learnt of delegations is relied on.
    private static let memory: TimeInterval = 600

    package init(
        network: Network, settings: Settings = Settings(), now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.network = network
        self.settings = settings
        self.now = now
        limiter = Limiter(settings.width)
        walk = Self.newWalk(network, settings)
        walkBegan = now()
    }

    /// What the authoritative servers have of a scheme's record. `nameservers` are asked instead of those that a
    /// delegation leads to.
    package func look(at scheme: Scheme, instead nameservers: [Endpoint] = []) async -> AuthorityView {
        var served: [RecordType: AuthorityView.Served] = [:]
        for family in scheme.families {
            let question = Question(scheme.record.name, family.recordType)
            served[question.type] = await limiter.run {
                nameservers.isEmpty
                    ? await self.look(question)
                    : AuthorityView.Served(await self.ask(question, nameservers)) ?? .unknown
            }
        }
        return AuthorityView(served)
    }

    private func look(_ question: Question) async -> AuthorityView.Served {
        if let known = known[question], now().timeIntervalSince(known.surveyedAt) < Self.memory {
            let answers = await ask(question, known.endpoints)
            if let served = AuthorityView.Served(answers) { return served }
            self.known[question] = nil
        }
        return await survey(question)
    }

    /// Asks those that are known; nil for each that says nothing of use.
    private func ask(_ question: Question, _ endpoints: [Endpoint]) async -> [Set<RecordData>?] {
        let queries = endpoints.map { Query(question, to: $0, options: .authoritativeAnswer) }
        let replies = await network.engine.replies(to: queries, retry: settings.retry)
        return replies.map { reply in (try? reply.result.get()).flatMap { Self.values(in: $0, question) } }
    }

    private func survey(_ question: Question) async -> AuthorityView.Served {
        guard settings.walks else {
            let answers = await ask(question, settings.nameservers)
            remember(question, settings.nameservers, answers)
            return AuthorityView.Served(answers) ?? .unknown
        }
        if now().timeIntervalSince(walkBegan) > Self.memory {
            walk = Self.newWalk(network, settings)
            walkBegan = now()
        }
        let gathering = AuthoritativeGathering(walk: walk, retry: settings.retry)
        let survey = await gathering.survey(question, extraServers: settings.nameservers)
        var evidence = GatheredEvidence(question: question, startedAt: now(), now: now())
        survey.contribute(to: &evidence, source: .walk)
        let rows = evidence.authoritative.filter { $0.question == question }
        let answers = rows.map { row in row.samples.last?.response.flatMap { Self.values(in: $0, question) } }
        remember(question, rows.map(\.server.endpoint), answers)
        return AuthorityView.Served(answers) ?? .unknown
    }

    /// Silent servers are kept: they may lag when they come back. When none answers, the next look walks anew.
    private func remember(_ question: Question, _ endpoints: [Endpoint], _ answers: [Set<RecordData>?]) {
        let isAnswered = answers.contains { $0 != nil }
        known[question] = isAnswered ? Known(endpoints: endpoints, surveyedAt: now()) : nil
    }

    /// What an answer from the authority says the record is: an alias in its place counts as a value. Nil when it is no
    /// such answer.
    static func values(in response: Response, _ question: Question) -> Set<RecordData>? {
        guard response.isAuthoritative, response.rcode == .noError || response.rcode == .nxDomain else { return nil }
        let own = response.answer.filter { $0.owner == question.name }
        let aliases = own.filter { $0.type == .cname }
        return Set((aliases.isEmpty ? own.filter { $0.type == question.type } : aliases).map(\.data))
    }

    private static func newWalk(_ network: Network, _ settings: Settings) -> DelegationWalk {
        DelegationWalk(
            engine: network.engine, root: network.root, families: settings.families, retry: settings.retry)
    }
}

extension AuthorityView.Served {
    /// What servers say together; nil when none says anything of use.
    init?(_ answers: [Set<RecordData>?]) {
        let sets = Set(answers.compactMap(\.self))
        guard let first = sets.first else { return nil }
        self = sets.count == 1 ? .agreed(first) : .mixed(sets)
    }
}
