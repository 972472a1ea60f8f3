import DNSModel

@testable import Wire

/// Tries cases one by one. What a case does follows from the seed and the case's number alone, so that any of them can be
/// had again.
struct FuzzCases: ~Copyable {
    let seed: UInt64
    private let seeds: [SeedMessage]
    /// What the seeds say, unharmed.
    private let responses: [Response]
    private let library: [RecordData]
    private let servers: ServerCases
    private var receiver = Receiver()
    private(set) var tally = Tally()

    struct Tally {
        var ignored = 0
        var malformed = 0
        var decoded = 0
        var reports = 0
    }

    init(seed: UInt64) throws(FuzzFailure) {
        let seeds = try SeedMessage.all()
        self.init(seed: seed, seeds: seeds, responses: try Self.responses(to: seeds), servers: try ServerCases())
    }

    private init(seed: UInt64, seeds: [SeedMessage], responses: [Response], servers: ServerCases) {
        self.seed = seed
        self.seeds = seeds
        self.responses = responses
        self.servers = servers
        library = responses.flatMap(\.answer).map(\.data)
    }

    private static func responses(to seeds: [SeedMessage]) throws(FuzzFailure) -> [Response] {
        var receiver = Receiver()
        var responses: [Response] = []
        for message in seeds {
            guard case .decoded(let response) = try receiver.receive(message.octets, to: message.parts.question) else {
                throw FuzzFailure("a seed is refused: \(message.parts.question)")
            }
            responses.append(response)
        }
        return responses
    }

    /// The message that a case begins with.
    func message(_ number: Int) -> [UInt8] {
        var dice = Dice(seed: seed, number: number)
        return Mutant(of: seeds, using: &dice).octets
    }

    /// Messages as from and for servers that can be changed; a message through gate and decoder, and as an answer through judging and into every output; now and then answers
    /// that no server gave, and the state machines that ask and follow.
    mutating func perform(_ number: Int) throws(FuzzFailure) {
        var dice = Dice(seed: seed, number: number)
        try servers.perform(seed: seed, number)
        let mutant = Mutant(of: seeds, using: &dice)
        if let response = try receive(mutant) {
            try readBack(response)
            try judge(dice.evidence(of: Scene(mutant.question, [response], library: library)), using: &dice)
        }
        guard number % 4 == 0, let response = dice.pick(from: responses) else { return }
        let scene = Scene(response.question, [response], library: library)
        switch number % 16 {
        case 0: try judge(try Surveys(scene, library: library).evidence(using: &dice), using: &dice)
        case 4: try follow(scene, using: &dice)
        default: try judge(dice.evidence(of: scene, isMadeUp: true), using: &dice)
        }
    }

    /// The first part of a case alone: its messages through gates and decoders.
    mutating func receive(_ number: Int) throws(FuzzFailure) {
        try servers.perform(seed: seed, number)
        var dice = Dice(seed: seed, number: number)
        _ = try receive(Mutant(of: seeds, using: &dice))
    }

    private mutating func receive(_ mutant: Mutant) throws(FuzzFailure) -> Response? {
        switch try receiver.receive(mutant.octets, to: mutant.question) {
        case .ignored: tally.ignored += 1
        case .malformed: tally.malformed += 1
        case .decoded(let response):
            tally.decoded += 1
            return response
        }
        return nil
    }

    /// What is shown of a value can be expected on the command line: if it can be read, it means the same. Not so the
    /// types whose text does not tell every octet.
    private func readBack(_ response: Response) throws(FuzzFailure) {
        for data in response.answer.prefix(4).map(\.data) where Self.telling.contains(data.type) {
            guard let again = try? RecordData(parsing: data.text, type: data.type) else { continue }
            try require(again == data, "\(data.type) \(data.text) reads back as \(data.octets), not \(again.octets)")
        }
    }

    private static let telling: Set<RecordType> = [
        .a, .aaaa, .ns, .cname, .dname, .ptr, .mx, .txt, .srv, .soa, .caa, .https, .svcb, .ds, .dnskey,
        RecordType(rawValue: 65_280),
    ]

    private mutating func judge(_ evidence: GatheredEvidence, using dice: inout Dice) throws(FuzzFailure) {
        let report = PropagationReport(of: evidence)
        tally.reports += 1
        try OutputInspection(reports: [report], options: evidence.options).run(using: &dice)
    }

    private mutating func follow(_ scene: Scene, using dice: inout Dice) throws(FuzzFailure) {
        let reports = try Followed(scene).reports(using: &dice)
        tally.reports += reports.count
        try OutputInspection(reports: Array(reports.suffix(2)), options: GatheredEvidence.Options()).run(using: &dice)
    }
}
