/// What a check asks, and by what it judges: the command line, once everything in it has been checked.
package struct CheckSettings: Sendable {
    /// One report each.
    package var subjects: [CheckSubject]
    package var match = MatchMode.exact

    /// Whether the servers of the zone are asked; without them nothing holds the gate.
    package var asksAuthoritative = true
    /// Asked as authoritative besides those of the delegation: a hidden primary, a split horizon.
    package var nameservers: [Endpoint] = []
    /// Over what authoritative servers are asked: UDP or TCP.
    package var authoritativeTransport = Endpoint.Transport.udp
    /// The machine's own resolvers, to find the delegation through instead of walking from the root.
    package var systemResolvers: [Endpoint]?

    /// Empty when none is asked.
    package var resolvers: [ResolverTarget] = []
    /// How often each destination is asked.
    package var samples = 1
    /// Asks resolvers although the authoritative side is not done.
    package var asksAnyway = false

    package var families = Set(IPAddress.Family.allCases)
    /// Certificates to trust besides the system's: a file in PEM format.
    package var certificateFile: String?

    /// How long one try may take.
    package var timeout = Duration.seconds(2)
    /// How long everything may take. Nil leaves it to the command: a check's tries, or a watch's multiple of the TTL.
    package var deadline: Duration?
    /// For how long an authoritative address may lag before that is CRITICAL.
    package var lagLimit = Duration.seconds(120)
    /// How many operators must count for a verdict. Nil is 5, or all when fewer are asked.
    package var minOperators: Int?

    package init(_ subjects: [CheckSubject]) {
        self.subjects = subjects
    }
}

/// One question of a check, and what the user said about its answer.
package struct CheckSubject: Hashable, Sendable {
    package let question: Question
    package var expected: RequestedExpectation
    /// Values that were right before. An answer made of any of them is stale.
    package var previous: [ExpectedValue]

    package init(
        _ question: Question, expected: RequestedExpectation = .asAuthoritative, previous: [ExpectedValue] = []
    ) {
        self.question = question
        self.expected = expected
        self.previous = previous
    }
}

/// Where the expected answer comes from.
package enum RequestedExpectation: Hashable, Sendable {
    /// From the authoritative servers, when they agree.
    case asAuthoritative
    case values([ExpectedValue])
    /// The name or the type must not exist.
    case absent
}

/// A value as it was given, of a kind that fits the type that is asked.
package enum ExpectedValue: Hashable, Sendable, CustomStringConvertible {
    case address(IPAddress)
    /// Any address in it.
    case network(IPPrefix)
    /// Presentation format; for TXT also the bare text.
    case text(String)

    package var description: String {
        switch self {
        case .address(let address): address.description
        case .network(let network): network.description
        case .text(let text): text
        }
    }
}

/// How an answer's values are held against the expected ones.
package enum MatchMode: String, Hashable, Sendable, CaseIterable {
    /// They are the same set.
    case exact
    /// Every answered value is expected, and there is one.
    case subset
    /// At least one answered value is expected.
    case any
}
