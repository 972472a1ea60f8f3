/// What a check asks, and by what it judges: the command line, once everything in it has been checked.
package struct CheckSettings: Sendable {
    /// One report each.
    package var subjects: [CheckSubject]
    /// The flags that change how evidence is judged.
    package var judging = GatheredEvidence.Options()

    /// Asked as authoritative besides the servers of the delegation: a hidden primary, a split horizon.
    package var nameservers: [Endpoint] = []
    /// Over what authoritative servers are asked: UDP or TCP.
    package var authoritativeTransport = Endpoint.Transport.udp
    /// The machine's own resolvers, to find the delegation through instead of walking from the root.
    package var systemResolvers: [Endpoint]?

    /// Empty when none is asked.
    package var resolvers: [ResolverTarget] = []
    /// How often each destination is asked.
    package var samples = 1

    package var families = Set(IPAddress.Family.allCases)
    /// Certificates to trust besides the system's: a file in PEM format.
    package var certificateFile: String?

    /// How long one try may take.
    package var timeout = Duration.seconds(2)
    /// How long everything may take. Nil leaves it to the command: a check's tries, or a watch's multiple of the TTL.
    package var deadline: Duration?

    package init(_ subjects: [CheckSubject]) {
        self.subjects = subjects
    }
}

/// One question of a check, and what the user said about its answer.
package struct CheckSubject: Hashable, Sendable {
    package let question: Question
    /// Nil leaves it to the authoritative servers.
    package var expectation: Expectation?
    package var previous: [PreviousRRset]

    package init(_ question: Question, expectation: Expectation? = nil, previous: [PreviousRRset] = []) {
        self.question = question
        self.expectation = expectation
        self.previous = previous
    }
}
