import CLDNS
import DNSModel

extension Packet {
    /// Copies everything into values; `question` is the one that the packet's own equals.
    borrowing func response(to question: Question) throws(PacketDefect) -> Response {
        var reader = RecordReader(firstOwner: question.name)
        let edns = edns
        return Response(
            flags: Response.Flags(rawValue: headerFlags & 0x87B0),
            rcode: ResponseCode(rawValue: headerFlags & 0x0F | extendedCode << 4), question: question,
            answer: reader.records(ldns_pkt_answer(pointer)), authority: reader.records(ldns_pkt_authority(pointer)),
            additional: reader.records(ldns_pkt_additional(pointer)), edns: edns)
    }

    private var extendedCode: UInt16 {
        ldns_pkt_edns(pointer) ? UInt16(ldns_pkt_edns_extended_rcode(pointer)) : 0
    }

    private var edns: EDNS? {
        guard ldns_pkt_edns(pointer) else { return nil }
        var edns = EDNS(
            udpPayloadSize: ldns_pkt_edns_udp_size(pointer), dnssecOK: ldns_pkt_edns_do(pointer))
        guard let list = ldns_pkt_edns_get_option_list(pointer) else { return edns }
        for index in 0..<ldns_edns_option_list_get_count(list) {
            guard let option = ldns_edns_option_list_get_option(list, index) else { continue }
            let data = UnsafeRawBufferPointer(start: ldns_edns_get_data(option), count: ldns_edns_get_size(option))
            edns.read(UInt16(truncatingIfNeeded: ldns_edns_get_code(option).rawValue), Array(data))
        }
        return edns
    }
}

/// Copies records into values. Records in a row mostly have the same owner, which they then share.
private struct RecordReader {
    private var lastOwner: DomainName

    init(firstOwner: DomainName) {
        lastOwner = firstOwner
    }

    mutating func records(_ list: UnsafeMutablePointer<ldns_rr_list>?) -> [Record] {
        let count = ldns_rr_list_rr_count(list)
        guard count > 0 else { return [] }
        var records: [Record] = []
        records.reserveCapacity(count)
        for index in 0..<count {
            guard let rr = ldns_rr_list_rr(list, index) else { continue }
            records.append(record(rr))
        }
        return records
    }

    private mutating func record(_ rr: UnsafeMutablePointer<ldns_rr>) -> Record {
        Record(
            owner: owner(of: rr), recordClass: UInt16(truncatingIfNeeded: ldns_rr_get_class(rr).rawValue),
            ttl: TTL(ldns_rr_ttl(rr)), data: RecordData(rr))
    }

    private mutating func owner(of rr: UnsafeMutablePointer<ldns_rr>) -> DomainName {
        let octets = UnsafeRawBufferPointer(ldns_rr_owner(rr))
        if !lastOwner.wire.elementsEqual(octets) { lastOwner = DomainName(validatedWire: Array(octets)) }
        return lastOwner
    }
}

extension Response {
    /// Whether the server did not understand EDNS: it could not read the query, or does not do what it asks for and shows
    /// no EDNS of its own.
    var needsPlainDNS: Bool {
        rcode == .formErr || rcode == .badVers || rcode == .notImp && edns == nil
    }
}
