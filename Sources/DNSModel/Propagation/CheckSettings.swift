/// What a check asks, and by what it judges: the command line, once everything in it has been checked.
package struct CheckSettings: Sendable {
    /// One report each.
    package var questions: [Question]

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

    package init(_ questions: [Question]) {
        self.questions = questions
    }
}
