import CLDNS

/// An `ldns_pkt`, freed when it goes out of scope.
struct Packet: ~Copyable {
    let pointer: UnsafeMutablePointer<ldns_pkt>
    /// The second word of the header: flags, opcode and response code.
    let headerFlags: UInt16

    /// Decodes a message that has passed the gate.
    init(checked octets: UnsafeBufferPointer<UInt8>) throws(PacketDefect) {
        var packet: UnsafeMutablePointer<ldns_pkt>?
        let status = ldns_wire2pkt(&packet, octets.baseAddress, octets.count)
        guard status == LDNS_STATUS_OK, let packet else {
            throw .undecodable(String(cString: ldns_get_errorstr_by_id(status)))
        }
        pointer = packet
        headerFlags = UInt16(octets[2]) << 8 | UInt16(octets[3])
    }

    deinit {
        ldns_pkt_free(pointer)
    }
}
