import CLDNS
import DNSModel

/// A query that a server has received.
struct IncomingQuery {
    /// What a message that is no proper query deserves.
    enum Defect: Error, Equatable {
        /// No reply: it is one itself, or too short to be replied to.
        case ignored
        case refused(ResponseCode)
    }

    let id: UInt16
    let recursionDesired: Bool
    let question: Question
    /// The UDP payload size that EDNS announces; nil without EDNS.
    let payloadSize: UInt16?
    let ednsVersion: UInt8

    init(_ octets: [UInt8]) throws(Defect) {
        guard octets.count >= 12, octets[2] & 0x80 == 0 else { throw .ignored }
        guard octets[2] & 0x78 == 0 else { throw .refused(.notImp) }
        do throws(PacketDefect) {
            try PacketGate.check(octets.span)
            // A query has its question and nothing to answer it with.
            guard octets[6..<10].allSatisfy({ $0 == 0 }) else { throw .badCount("records in a query") }
            question = try Question(wire: octets[12...])
            (payloadSize, ednsVersion) = try octets.withUnsafeBufferPointer { octets throws(PacketDefect) in
                try Packet(checked: octets).ednsOfQuery
            }
        } catch {
            throw .refused(.formErr)
        }
        id = octets.id
        recursionDesired = octets[2] & 1 != 0
    }
}

extension Question {
    /// The question at the beginning of `octets`, whose name is not compressed.
    fileprivate init(wire octets: ArraySlice<UInt8>) throws(PacketDefect) {
        var end = octets.startIndex
        while octets[end] != 0 {
            guard octets[end] < 0x40 else { throw .badName }
            end += 1 + Int(octets[end])
        }
        func number(_ index: Int) -> UInt16 { UInt16(octets[index]) << 8 | UInt16(octets[index + 1]) }
        self.init(
            DomainName(validatedWire: Array(octets[...end])), RecordType(rawValue: number(end + 1)),
            recordClass: number(end + 3))
    }
}

extension Packet {
    fileprivate var ednsOfQuery: (size: UInt16?, version: UInt8) {
        guard ldns_pkt_edns(pointer) else { return (nil, 0) }
        return (ldns_pkt_edns_udp_size(pointer), ldns_pkt_edns_version(pointer))
    }
}
