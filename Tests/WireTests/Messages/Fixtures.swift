import DNSModel
import TestSupport

@testable import Wire

extension RecordedReply {
    func decode() throws -> Response {
        try octets.withUnsafeBufferPointer { ReplyDecoder.decode($0, question) }.get()
    }
}

extension HandMade {
    static func decode(_ octets: [UInt8]) -> Result<Response, PacketDefect> {
        octets.withUnsafeBufferPointer { ReplyDecoder.decode($0, question) }
    }
}
