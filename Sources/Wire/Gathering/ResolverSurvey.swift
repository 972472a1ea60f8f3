import DNSModel

/// The caches' side of one question, gathered: a row for each resolver address.
///
/// A state machine like `AuthoritativeSurvey`: a SERVFAIL is asked again with checking disabled, and once more with checking
/// when that helped, since the cache may only have been slow; an answer that is neither
/// right nor known from before is put to the resolver's unfiltered twin, and a server that names itself wrongly is asked
/// for its name over a transport that proves who answers.
package struct ResolverSurvey: Sendable {
    /// A resolver address to ask, and where its operator can be asked otherwise.
    package struct Target: Sendable {
        package let server: ObservedServer
        package let twin: Endpoint?
        package let secure: Endpoint?
        package let notAsked: String?

        package init(_ server: ObservedServer, twin: Endpoint? = nil, secure: Endpoint? = nil, notAsked: String? = nil)
        {
            self.server = server
            self.twin = twin
            self.secure = secure
            self.notAsked = notAsked
        }
    }

    enum Purpose: Sendable, Hashable {
        case sample, identity, unchecked, recheck, twin, secureIdentity

        /// Whether the row is worth little without it, so that it is waited for in full.
        var isEssential: Bool { [.sample, .unchecked, .recheck].contains(self) }
    }

    struct Errand: Sendable {
        let row: Int
        let purpose: Purpose
        /// Whose budget it is on.
        let operatorID: String
        let query: Query
    }

    package private(set) var rows: [Observation]
    private let targets: [Target]
    private let question: Question
    /// What no filter can have made up: the expected data, and those from before.
    private let side: AuthoritativeSide
    private var followUps: Set<FollowUp> = []

    private struct FollowUp: Hashable {
        let row: Int
        let purpose: Purpose
    }

    package init(_ question: Question, targets: [Target], side: AuthoritativeSide) {
        self.question = question
        self.targets = targets
        self.side = side
        rows = targets.map { Observation($0, question) }
    }

    /// What to ask first: the question `samples` times of every row, and who is answering.
    func start(samples: Int) -> [Errand] {
        rows.indices.filter { rows[$0].notAsked == nil }.flatMap { row in
            let asksIdentity = rows[row].server.identityPatterns.idServer != nil
            return (0..<samples).map { _ in errand(row, .sample) } + (asksIdentity ? [errand(row, .identity)] : [])
        }
    }

    mutating func handle(_ errand: Errand, _ reply: Reply) -> [Errand] {
        let row = errand.row
        switch errand.purpose {
        case .sample:
            rows[row].samples.append(Sample(reply))
            if let nsid = reply.response?.nsidText { rows[row].identity.nsid = nsid }
        case .identity: rows[row].identity.idServer = reply.response?.characterString
        case .unchecked: rows[row].checkingDisabled = Sample(reply)
        case .recheck: rows[row].recheck(Sample(reply))
        case .twin: rows[row].twin = Sample(reply)
        case .secureIdentity:
            rows[row].secureIdentity.idServer = reply.response?.characterString
            rows[row].secureIdentity.nsid = reply.response?.nsidText
        }
        return followUp(row, errand.purpose, reply)
    }

    private mutating func followUp(_ row: Int, _ purpose: Purpose, _ reply: Reply) -> [Errand] {
        var wanted: [Purpose] = []
        if purpose == .sample, let response = reply.response {
            if response.rcode == .servFail { wanted.append(.unchecked) }
            if targets[row].twin != nil, !side.knows(response.data(answering: question)) { wanted.append(.twin) }
        }
        if purpose == .unchecked, let response = reply.response, response.rcode != .servFail { wanted.append(.recheck) }
        let observation = rows[row]
        if observation.identity.agreement(with: observation.server.identityPatterns) == .broken,
            targets[row].secure != nil
        {
            wanted.append(.secureIdentity)
        }
        return wanted.filter { followUps.insert(FollowUp(row: row, purpose: $0)).inserted }.map { errand(row, $0) }
    }

    private func errand(_ row: Int, _ purpose: Purpose) -> Errand {
        let target = targets[row]
        var query = Query(question, to: target.server.endpoint, options: .cacheSample)
        switch purpose {
        case .sample, .recheck: break
        case .identity: query.question = .serverIdentity
        case .unchecked: query.options.checkingDisabled = true
        case .twin: query.endpoint = target.twin ?? query.endpoint
        case .secureIdentity:
            query.question = .serverIdentity
            query.endpoint = target.secure ?? query.endpoint
        }
        return Errand(row: row, purpose: purpose, operatorID: target.server.operatorID, query: query)
    }
}

extension Observation {
    /// The row of a resolver that has not answered yet.
    init(_ target: ResolverSurvey.Target, _ question: Question) {
        self.init(server: target.server, question: question, notAsked: target.notAsked)
    }

    /// Takes a second answer in place of those that were SERVFAIL: unless it is too, nothing was bogus.
    fileprivate mutating func recheck(_ sample: Sample) {
        guard let response = sample.response, response.rcode != .servFail else { return }
        samples.removeAll { $0.response?.rcode == .servFail }
        samples.append(sample)
        checkingDisabled = nil
    }
}

extension AuthoritativeSide {
    fileprivate func knows(_ data: Set<RecordData>) -> Bool {
        expected?.isMet(by: data) == true || previous.contains { $0.matches(data) }
    }
}

extension Question {
    /// `id.server`, class CH, type TXT: the name of the server that answers (RFC 4892 §3.1).
    static let serverIdentity = Question(
        DomainName(validatedWire: [2] + Array("id".utf8) + [6] + Array("server".utf8) + [0]), .txt, recordClass: 3)
}

extension Response {
    /// The data at the end of the question's chain of aliases; empty for NXDOMAIN and NODATA.
    package func data(answering question: Question) -> Set<RecordData> {
        let end = CNAMEChain(from: question, in: answer).end
        return Set(answer.filter { $0.owner == end && $0.type == question.type }.map(\.data))
    }

    /// The first character string of the first TXT record.
    var characterString: String? {
        guard let octets = answer.first(where: { $0.type == .txt })?.data.octets, let count = octets.first
        else { return nil }
        return String(decoding: octets.dropFirst().prefix(Int(count)), as: UTF8.self)
    }
}
