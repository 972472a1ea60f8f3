import DNSModel
import Glibc

/// What a message is to a query, by its header and question (RFC 5452 §9.1).
enum ReplyCheck {
    case answer
    /// The server could not read the query, and left the question out of its reply: FORMERR or NOTIMP and a header alone.
    case complaintWithoutQuestion
    case notAReply
    case wrongQuestion

    static let headerLength = 12

    /// Judges `reply`, whose ID has been compared already, by `question`: the octets of the question section that was sent.
    init(_ reply: UnsafeBufferPointer<UInt8>, question: UnsafeBufferPointer<UInt8>) {
        guard reply.count >= Self.headerLength, reply[2] & 0xF8 == 0x80 else {
            self = .notAReply
            return
        }
        let rcode = reply[3] & 0x0F
        if reply.count == Self.headerLength, reply[4] == 0, reply[5] == 0, rcode == 1 || rcode == 4 {
            self = .complaintWithoutQuestion
            return
        }
        self = Self.isAsked(reply, question) ? .answer : .wrongQuestion
    }

    /// Byte for byte, the case of the letters included.
    private static func isAsked(_ reply: UnsafeBufferPointer<UInt8>, _ question: UnsafeBufferPointer<UInt8>) -> Bool {
        guard reply[4] == 0, reply[5] == 1, reply.count >= headerLength + question.count,
            let start = reply.baseAddress, let asked = question.baseAddress
        else { return false }
        return memcmp(start + headerLength, asked, question.count) == 0
    }
}

extension Response {
    /// What a complaint without question says of the query: nothing but its response code.
    convenience init(complaint octets: some RandomAccessCollection<UInt8>, about question: Question) {
        let header = Array(octets.prefix(4))
        let flags = UInt16(header[2]) << 8 | UInt16(header[3])
        self.init(
            flags: Flags(rawValue: flags & 0x87B0), rcode: ResponseCode(rawValue: flags & 0x000F), question: question)
    }
}
