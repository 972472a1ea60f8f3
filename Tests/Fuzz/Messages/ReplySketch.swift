import CLDNS
import DNSModel

/// A reply in presentation format, which ldns makes into a message with compressed names.
struct ReplySketch {
    /// Name and type, and the class where it is not IN: `cat.zoo.test A`.
    let question: String
    var flags: Response.Flags = [.response, .authoritative]
    var rcode: UInt16 = 0
    var answer: [String] = []
    var authority: [String] = []
    var additional: [String] = []
    /// Codes and data; nil leaves EDNS out.
    var options: [(UInt16, [UInt8])]? = []

    func message() throws(FuzzFailure) -> SeedMessage {
        guard let packet = ldns_pkt_new() else { throw FuzzFailure("ldns is out of memory") }
        defer { ldns_pkt_free(packet) }
        try push([question], LDNS_SECTION_QUESTION, to: packet)
        try push(answer, LDNS_SECTION_ANSWER, to: packet)
        try push(authority, LDNS_SECTION_AUTHORITY, to: packet)
        try push(additional, LDNS_SECTION_ADDITIONAL, to: packet)
        addOptions(to: packet)
        var octets = try Self.wire(packet)
        octets[2] = UInt8(flags.rawValue >> 8)
        octets[3] = UInt8(flags.rawValue & 0xF0) | UInt8(rcode & 0x0F)
        guard let message = SeedMessage(octets) else { throw FuzzFailure("ldns wrote a message that cannot be read") }
        return message
    }

    private func push(
        _ lines: [String], _ section: ldns_pkt_section, to packet: UnsafeMutablePointer<ldns_pkt>
    ) throws(FuzzFailure) {
        for line in lines {
            // The packet takes the record over.
            ldns_pkt_push_rr(packet, section, try Self.record(line, isQuestion: section == LDNS_SECTION_QUESTION))
        }
    }

    /// `name TYPE [CLASS]` for a question, `name TTL CLASS TYPE data` for a record.
    private static func record(_ line: String, isQuestion: Bool) throws(FuzzFailure) -> UnsafeMutablePointer<ldns_rr> {
        var record: UnsafeMutablePointer<ldns_rr>?
        var status: ldns_status
        if isQuestion {
            let words = line.split(separator: " ")
            let text = "\(words[0]) \(words.count > 2 ? words[2] : "IN") \(words[1])"
            status = ldns_rr_new_question_frm_str(&record, text, nil, nil)
        } else {
            status = ldns_rr_new_frm_str(&record, line, 0, nil, nil)
        }
        guard status == LDNS_STATUS_OK, let record else {
            throw FuzzFailure("ldns cannot read \(line): \(String(cString: ldns_get_errorstr_by_id(status)))")
        }
        return record
    }

    private func addOptions(to packet: UnsafeMutablePointer<ldns_pkt>) {
        guard let options, let list = ldns_edns_option_list_new() else { return }
        for (code, data) in options {
            var data = data
            // ldns copies the data, and the list takes the option over.
            let option = ldns_edns_new_from_data(ldns_edns_option_code(UInt32(code)), data.count, &data)
            ldns_edns_option_list_push(list, option)
        }
        ldns_pkt_set_edns_udp_size(packet, 1232)
        ldns_pkt_set_edns_extended_rcode(packet, UInt8(rcode >> 4))
        // The packet takes the list over.
        ldns_pkt_set_edns_option_list(packet, list)
    }

    private static func wire(_ packet: UnsafeMutablePointer<ldns_pkt>) throws(FuzzFailure) -> [UInt8] {
        var octets: UnsafeMutablePointer<UInt8>?
        var count = 0
        guard ldns_pkt2wire(&octets, packet, &count) == LDNS_STATUS_OK else {
            throw FuzzFailure("ldns cannot write a message")
        }
        defer { free(octets) }
        return Array(UnsafeBufferPointer(start: octets, count: count))
    }
}
