import DNSModel

@testable import Wire

/// Takes replies in the way that the engine does, without its sockets.
struct Receiver: ~Copyable {
    /// What becomes of a reply.
    enum Outcome {
        /// It is none to this question.
        case ignored
        case malformed(PacketDefect)
        case decoded(Response)
    }

    private var decoder = ReplyDecoder()

    /// Throws when the decoder breaks a promise.
    mutating func receive(_ octets: [UInt8], to question: Question) throws(FuzzFailure) -> Outcome {
        guard Self.check(octets, question) == .answer else { return .ignored }
        switch read(octets, question) {
        case .failure(.undecodable(let reason)):
            throw FuzzFailure("ldns refuses what passed the gate: \(reason)")
        case .failure(let defect): return .malformed(defect)
        case .success(let response):
            try require(response.question == question, "a response has the question that was asked")
            try checkReuse(octets, question, response)
            return .decoded(response)
        }
    }

    private static func check(_ octets: [UInt8], _ question: Question) -> ReplyCheck {
        octets.withUnsafeBufferPointer { octets in
            question.octets.withUnsafeBufferPointer { ReplyCheck(octets, question: $0) }
        }
    }

    private mutating func read(_ octets: [UInt8], _ question: Question) -> Result<Response, PacketDefect> {
        octets.withUnsafeBufferPointer { decoder.response($0, to: question) }
    }

    /// The same octets under another ID mean the same.
    private mutating func checkReuse(
        _ octets: [UInt8], _ question: Question, _ first: Response
    ) throws(FuzzFailure) {
        var octets = octets
        octets[0] ^= 0xFF
        guard case .success(let second) = read(octets, question) else {
            throw FuzzFailure("a message that was decoded is refused under another ID")
        }
        try require(
            first === second || first.isSame(as: second), "a message is decoded alike under another ID")
    }
}

extension Response {
    fileprivate func isSame(as other: Response) -> Bool {
        flags == other.flags && rcode == other.rcode && answer == other.answer && authority == other.authority
            && additional == other.additional && edns == other.edns
    }
}
