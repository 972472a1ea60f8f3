import CLDNS
import DNSModel

extension OutgoingPacket {
    /// An authoritative server's reply to a query, with EDNS if the query had it.
    init(_ reply: ServedZone.Answer, to query: IncomingQuery, isTruncated: Bool = false) {
        guard let packet = ldns_pkt_new() else { preconditionFailure("ldns is out of memory") }
        self.init(owning: packet)
        ldns_pkt_set_id(packet, query.id)
        ldns_pkt_set_qr(packet, true)
        ldns_pkt_set_aa(packet, reply.isAuthoritative)
        ldns_pkt_set_tc(packet, isTruncated)
        ldns_pkt_set_rd(packet, query.recursionDesired)
        ldns_pkt_set_rcode(packet, UInt8(reply.rcode.rawValue & 0x0F))
        addQuestion(query.question)
        add(reply.answer, to: LDNS_SECTION_ANSWER)
        add(reply.authority, to: LDNS_SECTION_AUTHORITY)
        add(reply.additional, to: LDNS_SECTION_ADDITIONAL)
        guard query.payloadSize != nil else { return }
        ldns_pkt_set_edns_udp_size(packet, ServedZone.largestDatagram)
        ldns_pkt_set_edns_extended_rcode(packet, UInt8(reply.rcode.rawValue >> 4))
    }

    private borrowing func addQuestion(_ question: Question) {
        let record = makeLDNSRecord(
            owner: question.name, type: question.type, recordClass: question.recordClass, ttl: 0, data: nil)
        ldns_rr_set_question(record, true)
        push(record, to: LDNS_SECTION_QUESTION)
    }

    private borrowing func add(_ records: [Record], to section: ldns_pkt_section) {
        for record in records {
            push(
                makeLDNSRecord(
                    owner: record.owner, type: record.type, recordClass: record.recordClass, ttl: record.ttl.seconds,
                    data: record.data.octets), to: section)
        }
    }
}
