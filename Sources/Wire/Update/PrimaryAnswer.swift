import DNSModel
import FoundationEssentials

/// What a primary server has answered, once it is known to be an answer to our message and can be trusted.
struct PrimaryAnswer: Sendable {
    /// What was asked for.
    enum Opcode {
        case query(Question)
        case update

        var number: UInt8 {
            switch self {
            case .query: 0
            case .update: 5
            }
        }
    }

    /// What a message that has come is to ours.
    enum Reading {
        case answer(PrimaryAnswer)
        /// An answer to something else.
        case other
        /// It seems to answer, but nobody can be sure; why.
        case doubtful(String)
        /// Too long for a datagram.
        case truncated
    }

    let octets: [UInt8]
    let code: ResponseCode
    /// The server did not accept our signature.
    let refusedSignature: UpdateFailure.Refusal?

    private init(_ octets: [UInt8], refusedSignature: UpdateFailure.Refusal? = nil) {
        self.octets = octets
        self.refusedSignature = refusedSignature
        code = ResponseCode(rawValue: UInt16(octets[3] & 0x0F))
    }

    static func read(
        _ octets: [UInt8], to request: PrimaryRequest, opcode: Opcode, key: TSIGKey?
    ) -> Reading {
        guard octets.count >= 12, octets.id == request.octets.id, octets[2] & 0xF8 == 0x80 | opcode.number << 3,
            octets.isAbout(request.octets)
        else { return .other }
        let check: TSIGCheck
        do throws(PacketDefect) {
            try PacketGate.checkPrimary(octets.span)
            check = try TSIGCheck(octets, key: key, requestMAC: request.mac)
        } catch {
            return .doubtful("a malformed answer: \(error.reason)")
        }
        let isTruncated = octets[2] & 0x02 != 0
        switch check {
        case .authentic:
            // The result of an update stands in the header, which is never cut.
            if isTruncated, case .query = opcode { return .truncated }
            return .answer(PrimaryAnswer(octets))
        case .refused(let refusal): return .answer(PrimaryAnswer(octets, refusedSignature: refusal))
        case .unsigned where isTruncated: return .truncated
        case .unsigned:
            let answer = PrimaryAnswer(octets)
            // A server signs nothing for whom it does not know. What sounds like success must be signed.
            return answer.code.isRefusal ? .answer(answer) : .doubtful("the answer is not signed")
        case .wrong(let why): return .doubtful(why)
        }
    }

    /// Decodes the answer to a question.
    func response(to question: Question) throws(PacketDefect) -> Response {
        try octets.withUnsafeBufferPointer { octets throws(PacketDefect) in
            try Packet(checked: octets).response(to: question)
        }
    }
}

extension [UInt8] {
    /// Whether this is about the same question, or zone, as `request`; the answer to an update may leave it out.
    fileprivate func isAbout(_ request: [UInt8]) -> Bool {
        if self[4] == 0, self[5] == 0 { return request[2] & 0x78 != 0 || count == 12 }
        var end = 12
        while end < request.count, request[end] != 0 { end += 1 + Int(request[end]) }
        return count >= end + 5
            && self[12..<end + 5].elementsEqual(request[12..<end + 5]) {
                $0.lowercasedASCII == $1.lowercasedASCII
            }
    }
}

extension ResponseCode {
    /// Whether it says that nothing was done, for another reason than a prerequisite.
    fileprivate var isRefusal: Bool { self != .noError && !isPrerequisite }
}
