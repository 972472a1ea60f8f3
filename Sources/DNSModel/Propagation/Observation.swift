/// What one server address said to one question.
package struct Observation: Sendable {
    package let server: ObservedServer
    /// What the server was asked: for an authoritative server beyond an alias, the alias's target.
    package var question: Question
    /// The exchanges of the latest look. None yet means that an answer is still awaited, unless `notAsked` says why not.
    package var samples: [Sample]
    /// The last exchange of the look before this one, so that a TTL that does not count down can be noticed.
    package var earlier: Sample?
    /// The same question with checking disabled, asked after SERVFAIL.
    package var checkingDisabled: Sample?
    package var identity: ServerIdentity {
        didSet { identityAgreement = identity.agreement(with: server.identityPatterns) }
    }
    /// Whether the identity is the one that the operator documents. Kept, since patterns are slow to match.
    package private(set) var identityAgreement: ServerIdentity.Agreement
    /// How the same operator names itself over a transport that proves who answers.
    package var secureIdentity: ServerIdentity
    /// The same question put to the resolver's unfiltered twin.
    package var twin: Sample?
    /// The serial of the zone at this address; authoritative servers only.
    package var serial: SOASerial?
    /// Whose view this is: `local`, or the name of another vantage point.
    package var vantage: String
    /// Why the server is not asked at all: `no IPv6 route`.
    package var notAsked: String?

    package init(
        server: ObservedServer, question: Question, samples: [Sample] = [], earlier: Sample? = nil,
        checkingDisabled: Sample? = nil, identity: ServerIdentity = ServerIdentity(),
        secureIdentity: ServerIdentity = ServerIdentity(), twin: Sample? = nil,
        serial: SOASerial? = nil, vantage: String = "local", notAsked: String? = nil
    ) {
        self.server = server
        self.question = question
        self.samples = samples
        self.earlier = earlier
        self.checkingDisabled = checkingDisabled
        self.identity = identity
        identityAgreement = identity.agreement(with: server.identityPatterns)
        self.secureIdentity = secureIdentity
        self.twin = twin
        self.serial = serial
        self.vantage = vantage
        self.notAsked = notAsked
    }
}

extension Observation {
    /// What makes two observations looks at the same thing.
    package struct Key: Hashable, Sendable {
        package let server: ObservedServer
        package let question: Question
        package let vantage: String
    }

    package var key: Key { Key(server: server, question: question, vantage: vantage) }

    /// Whether the first answer is still awaited.
    package var isPending: Bool { samples.isEmpty && notAsked == nil }
}
