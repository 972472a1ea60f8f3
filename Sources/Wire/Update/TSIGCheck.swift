import CLDNS
import DNSModel
import FoundationEssentials

/// What the signature of an answer says (RFC 8945 §5.4), as ldns computes it and we judge it: ldns looks neither at time,
/// nor at the error, nor at whether the algorithm is the key's.
enum TSIGCheck: Equatable {
    case authentic
    case unsigned
    /// The server did not accept our own signature.
    case refused(UpdateFailure.Refusal)
    case wrong(String)

    /// Checks a message that has passed the gate. Without a key everything is authentic.
    init(_ octets: [UInt8], key: TSIGKey?, requestMAC: [UInt8]?, now: Date = Date()) throws(PacketDefect) {
        guard let key else {
            self = .authentic
            return
        }
        self = try octets.withUnsafeBufferPointer { octets throws(PacketDefect) in
            let packet = try Packet(checked: octets)
            guard let signature = TSIGRecord(packet) else { return .unsigned }
            return signature.check(octets, packet, key, requestMAC ?? [], now)
        }
    }
}

/// The fields of a TSIG record that we judge by.
private struct TSIGRecord {
    let owner: DomainName
    let algorithm: DomainName
    let time: UInt64
    let fudge: UInt64
    let macLength: Int
    let originalID: UInt64
    let error: TSIGError
    let otherData: [UInt8]

    init?(_ packet: borrowing Packet) {
        guard let record = ldns_pkt_tsig(packet.pointer), ldns_rr_rd_count(record) == 7 else { return nil }
        func field(_ index: Int) -> [UInt8] { Array(UnsafeRawBufferPointer(ldns_rr_rdf(record, index))) }
        owner = DomainName(validatedWire: Array(UnsafeRawBufferPointer(ldns_rr_owner(record))))
        algorithm = DomainName(validatedWire: field(TSIGField.algorithm))
        time = field(TSIGField.time).number
        fudge = field(TSIGField.fudge).number
        // Both begin with their length.
        macLength = field(TSIGField.mac).count - 2
        originalID = field(TSIGField.originalID).number
        error = TSIGError(rawValue: UInt16(truncatingIfNeeded: field(TSIGField.error).number))
        otherData = Array(field(TSIGField.otherData).dropFirst(2))
    }

    func check(
        _ octets: UnsafeBufferPointer<UInt8>, _ packet: borrowing Packet, _ key: TSIGKey, _ requestMAC: [UInt8],
        _ now: Date
    ) -> TSIGCheck {
        guard owner == key.name, algorithm == key.algorithm.name else {
            return .wrong("the answer is signed with another key, \(owner) (\(algorithm))")
        }
        // Such an answer cannot be signed: the server has no key that we share (RFC 8945 §5.3.2).
        if error == .badSig || error == .badKey, macLength == 0 { return .refused(.signature(error)) }
        guard originalID == UInt64(octets[0]) << 8 | UInt64(octets[1]), macLength > 0,
            isGenuine(octets, packet, key, requestMAC)
        else { return .wrong("the answer's signature is wrong") }
        if error == .badTime { return .refused(.clock(server: otherData.count == 6 ? otherData.number : nil)) }
        guard error == .noError else { return .refused(.signature(error)) }
        let seconds = UInt64(max(0, now.timeIntervalSince1970))
        guard max(time, seconds) - min(time, seconds) <= fudge else {
            return .wrong("the answer was signed at another time: this machine's clock or the server's is wrong")
        }
        return .authentic
    }

    private func isGenuine(
        _ octets: UnsafeBufferPointer<UInt8>, _ packet: borrowing Packet, _ key: TSIGKey, _ requestMAC: [UInt8]
    ) -> Bool {
        let mac = makeLDNSField(LDNS_RDF_TYPE_INT16_DATA, requestMAC)
        defer { ldns_rdf_deep_free(mac) }
        return ldns_pkt_tsig_verify(
            packet.pointer, octets.baseAddress, octets.count, key.name.description, key.secret.revealed, mac)
    }
}

extension [UInt8] {
    /// A number in network order.
    fileprivate var number: UInt64 { reduce(0) { $0 << 8 | UInt64($1) } }
}
