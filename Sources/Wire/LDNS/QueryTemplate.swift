import CLDNS
import DNSModel

/// What all queries with the same options share: the header, and what follows the question.
struct QueryTemplate {
    /// Twelve octets, with the ID 0.
    let header: [UInt8]
    /// The OPT record, or nothing.
    let tail: [UInt8]

    init(_ options: QueryOptions) {
        let message = Self.message(options)
        // The name is the root: one octet, then type and class.
        header = Array(message.prefix(12))
        tail = Array(message.dropFirst(12 + 5))
    }

    /// A query for the root with these options.
    private static func message(_ options: QueryOptions) -> [UInt8] {
        var flags = UInt16(0)
        if options.recursionDesired { flags |= UInt16(LDNS_RD) }
        if options.checkingDisabled { flags |= UInt16(LDNS_CD) }
        // The packet takes the name over.
        guard let name = ldns_dname_new_frm_str("."),
            let packet = ldns_pkt_query_new(name, LDNS_RR_TYPE_A, LDNS_RR_CLASS_IN, flags)
        else { preconditionFailure("ldns is out of memory") }
        defer { ldns_pkt_free(packet) }
        if let size = options.ednsPayloadSize {
            ldns_pkt_set_edns_udp_size(packet, size)
            ldns_pkt_set_edns_do(packet, options.dnssecOK)
            addOptions(options, to: packet)
        }
        return wire(packet)
    }

    private static func addOptions(_ options: QueryOptions, to packet: UnsafeMutablePointer<ldns_pkt>) {
        guard let list = ldns_edns_option_list_new() else { preconditionFailure("ldns is out of memory") }
        if options.requestNSID { push(EDNSOption.nsid, [], to: list) }
        if let subnet = options.clientSubnet { push(EDNSOption.clientSubnet, subnet.ednsData, to: list) }
        if options.requestZoneVersion { push(EDNSOption.zoneVersion, [], to: list) }
        // The packet takes the list over.
        ldns_pkt_set_edns_option_list(packet, list)
    }

    private static func push(
        _ code: UInt16, _ data: [UInt8], to list: UnsafeMutablePointer<ldns_edns_option_list>
    ) {
        var data = data
        // ldns copies the data, and the list takes the option over.
        let option = ldns_edns_new_from_data(ldns_edns_option_code(UInt32(code)), data.count, &data)
        precondition(ldns_edns_option_list_push(list, option), "ldns is out of memory")
    }

    private static func wire(_ packet: UnsafeMutablePointer<ldns_pkt>) -> [UInt8] {
        var octets: UnsafeMutablePointer<UInt8>?
        var count = 0
        let status = ldns_pkt2wire(&octets, packet, &count)
        precondition(status == LDNS_STATUS_OK, "ldns could not write a query")
        defer { free(octets) }
        return Array(UnsafeBufferPointer(start: octets, count: count))
    }
}
