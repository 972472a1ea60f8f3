import FoundationEssentials

/// Everything that a report is judged from: what was asked for, what was found, and what every server said.
package struct GatheredEvidence: Sendable {
    package var question: Question
    /// What the user or the scheme expects; nil leaves it to the authoritative servers.
    package var expectation: Expectation?
    /// What the user or the journal says was published before.
    package var previous: [PreviousRRset]
    /// The zones of the name and of each alias's target, in the chain's order.
    package var zones: [Zone]
    /// The aliases from the question's name as the authoritative servers give them, across zones.
    package var chain: CNAMEChain
    /// One for each address of each authoritative server that is asked; several zones' servers when there are aliases.
    package var authoritative: [Observation]
    /// One for each resolver address, asked or not.
    package var resolvers: [Observation]
    /// Families of addresses that are not asked because this machine has no route for them.
    package var skippedFamilies: Set<IPAddress.Family>
    /// What the walk noticed.
    package var findings: [Finding]
    /// Whether a root, a parent or any server other than those observed answered anything.
    package var walkAnswered: Bool
    /// Why content cannot be judged: the provider says that it answers with its own addresses.
    package var hiddenReason: String?
    package var options: Options
    /// What a run that looks more than once remembers; empty for a single look.
    package var memory: Memory
    package var startedAt: Date
    package var now: Date

    package init(
        question: Question, expectation: Expectation? = nil, previous: [PreviousRRset] = [], zones: [Zone] = [],
        chain: CNAMEChain? = nil, authoritative: [Observation] = [], resolvers: [Observation] = [],
        skippedFamilies: Set<IPAddress.Family> = [], findings: [Finding] = [], walkAnswered: Bool = true,
        hiddenReason: String? = nil, options: Options = Options(), memory: Memory = Memory(), startedAt: Date,
        now: Date
    ) {
        self.question = question
        self.expectation = expectation
        self.previous = previous
        self.zones = zones
        self.chain = chain ?? CNAMEChain(links: [], end: question.name)
        self.authoritative = authoritative
        self.resolvers = resolvers
        self.skippedFamilies = skippedFamilies
        self.findings = findings
        self.walkAnswered = walkAnswered
        self.hiddenReason = hiddenReason
        self.options = options
        self.memory = memory
        self.startedAt = startedAt
        self.now = now
    }
}

extension GatheredEvidence {
    /// The apex of the zone that an authoritative server was asked in: the lowest that holds the name.
    package func apex(for observation: Observation) -> DomainName? {
        zones.map(\.apex).filter { observation.question.name.isSubdomain(of: $0) }.max { $0.labelCount < $1.labelCount }
    }
}

extension GatheredEvidence {
    /// Notes as silent whoever has not answered on one side.
    package mutating func endWaiting(for side: WritableKeyPath<GatheredEvidence, [Observation]>) {
        for index in self[keyPath: side].indices where self[keyPath: side][index].isPending {
            self[keyPath: side][index].samples = [Sample(receivedAt: now, rtt: .zero, result: .failure(.timeout))]
        }
    }

    /// Notes as not asked every resolver that an answer would be awaited from.
    package mutating func leaveOutResolvers(because reason: String) {
        for index in resolvers.indices where resolvers[index].isPending { resolvers[index].notAsked = reason }
    }
}

extension GatheredEvidence {
    /// The flags that change how evidence is judged.
    package struct Options: Sendable, Hashable {
        /// False with `--no-authoritative`.
        package var asksAuthoritative = true
        /// Lifts the gate.
        package var asksAnyway = false
        /// The fewest counted operators that a status may rest on; nil means 5, or all when fewer are asked.
        package var minOperators: Int?
        /// How long an authoritative address may lag in a run that looks more than once.
        package var lagLimit = Duration.seconds(120)
        /// Ranges for the percentage of operators converged, in place of the rule for stale, negative and mixed.
        package var warning: NagiosRange?
        package var critical: NagiosRange?

        package init() {}
    }

    /// What earlier looks at the same question leave behind.
    package struct Memory: Sendable, Hashable {
        /// What was expected when the promises below were made.
        package internal(set) var expected: Expectation?
        /// RRsets that an authoritative address served and has replaced since.
        package var replaced: [PreviousRRset] = []
        /// Since when an authoritative address lags without a break.
        package var laggingSince: [Observation.Key: Date] = [:]
        /// Since when a resolver gives an unexpected answer that was presumed stale.
        package var presumedSince: [Observation.Key: Date] = [:]
        /// When the gate was first seen open.
        package var gateOpenedAt: Date?
        /// By when a resolver was first promised to converge.
        package var promises: [Observation.Key: Date] = [:]
        /// Whether the time for the whole run is over.
        package var isDeadlineOver = false

        package init() {}

        /// For another run: its time is not over.
        package var resumed: Memory {
            var memory = self
            memory.isDeadlineOver = false
            return memory
        }
    }
}
