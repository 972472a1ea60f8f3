import CLDNS
import DNSModel

/// A record for a packet to be sent, as ldns holds it; the data may be absent, as updates need them to be.
///
/// The data go in as they are, already in wire form: ldns neither compresses nor changes them.
func makeLDNSRecord(
    owner: DomainName, type: RecordType, recordClass: UInt16, ttl: UInt32, data: [UInt8]?
) -> UnsafeMutablePointer<ldns_rr> {
    guard let record = ldns_rr_new() else { preconditionFailure("ldns is out of memory") }
    // The record takes its owner and its field over.
    ldns_rr_set_owner(record, makeLDNSField(LDNS_RDF_TYPE_DNAME, owner.wire))
    ldns_rr_set_type(record, ldns_rr_type(UInt32(type.rawValue)))
    ldns_rr_set_class(record, ldns_rr_class(UInt32(recordClass)))
    ldns_rr_set_ttl(record, ttl)
    if let data {
        precondition(ldns_rr_push_rdf(record, makeLDNSField(LDNS_RDF_TYPE_UNKNOWN, data)), "ldns is out of memory")
    }
    return record
}

/// A field that holds a copy of the octets.
func makeLDNSField(_ type: ldns_rdf_type, _ octets: [UInt8]) -> UnsafeMutablePointer<ldns_rdf> {
    let field = octets.withUnsafeBytes { ldns_rdf_new_frm_data(type, $0.count, $0.baseAddress) }
    guard let field else { preconditionFailure("ldns is out of memory") }
    return field
}
