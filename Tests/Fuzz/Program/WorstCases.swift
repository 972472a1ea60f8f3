import DNSModel
import FoundationEssentials
import TestSupport

@testable import Wire

/// What messages cost that are made to be expensive. The memory for decoding is bounded; times are only told, since they
/// depend on the machine and on AddressSanitizer.
struct WorstCases {
    private var memory = (octets: 0, name: "")
    private var decoding = (time: Duration.zero, name: "")
    private var judging = (time: Duration.zero, name: "")

    private static let memoryLimit = 2_000_000

    mutating func run() throws(FuzzFailure) {
        for message in HostileMessage.all { try run(message) }
        Fuzz.write(
            "\(HostileMessage.all.count) messages of 64 KB: at most \(memory.octets / 1000) KB (\(memory.name)) and "
                + "\(decoding.time) (\(decoding.name)) to decode, \(judging.time) (\(judging.name)) to judge and print")
    }

    private mutating func run(_ message: HostileMessage) throws(FuzzFailure) {
        var result: Result<Response, PacketDefect>?
        var time = Duration.zero
        let octets = HeapMeter.most {
            time = ContinuousClock().measure {
                result = message.octets.withUnsafeBufferPointer { ReplyDecoder.decode($0, HandMade.question) }
            }
        }
        try require(octets <= Self.memoryLimit, "\(message.sentence) takes at most 2 MB, not \(octets) octets")
        if octets > memory.octets { memory = (octets, message.sentence) }
        if time > decoding.time { decoding = (time, message.sentence) }
        guard case .success(let response) = result else { return }
        let judged = ContinuousClock().measure { Self.judge(response) }
        if judged > judging.time { judging = (judged, message.sentence) }
    }

    /// As if its records were what was asked for.
    private static func judge(_ response: Response) {
        let question = response.answer.first.map { Question($0.owner, $0.type) } ?? response.question
        let sample = Sample(receivedAt: Scene.start, rtt: .zero, result: .success(response))
        let observations = [ObservedServer.Side.authoritative, .resolver].map { side in
            let server = ObservedServer(side: side, id: "a", label: "a", endpoint: Endpoint(.unspecified))
            return Observation(server: server, question: question, samples: [sample])
        }
        let report = PropagationReport(
            of: GatheredEvidence(
                question: question, authoritative: [observations[0]], resolvers: [observations[1]],
                startedAt: Scene.start, now: Scene.start))
        _ = ReportText(report, style: ReportStyle()).lines
        _ = NagiosOutput([report], options: GatheredEvidence.Options()).text
        _ = OkerrOutput.document([report])
        _ = try? PropagationReport.encoder().encode(report)
    }
}
