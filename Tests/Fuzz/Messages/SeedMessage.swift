import DNSModel
import TestSupport

/// A well-formed reply that mutants are made from.
struct SeedMessage: Sendable {
    let octets: [UInt8]
    let parts: MessageParts

    init?(_ octets: [UInt8]) {
        guard let parts = MessageParts(octets) else { return nil }
        self.octets = octets
        self.parts = parts
    }
}

extension SeedMessage {
    /// What mutants are made from: replies written for the purpose, and some that name servers really sent.
    static func all() throws(FuzzFailure) -> [SeedMessage] {
        var seeds: [SeedMessage] = []
        for sketch in ReplySketch.oneOfEachType + ReplySketch.shapes { seeds.append(try sketch.message()) }
        return seeds + RecordedReply.all.compactMap { SeedMessage($0.octets) }
    }
}
