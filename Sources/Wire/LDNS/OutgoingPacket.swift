import CLDNS
import DNSModel

/// An `ldns_pkt` to be sent, freed when it goes out of scope.
struct OutgoingPacket: ~Copyable {
    private let pointer: UnsafeMutablePointer<ldns_pkt>

    /// A query without EDNS, and with no recursion desired.
    init(_ question: Question, id: UInt16) {
        let type = ldns_rr_type(UInt32(question.type.rawValue))
        let recordClass = ldns_rr_class(UInt32(question.recordClass))
        // The packet takes the name over.
        let name = makeLDNSField(LDNS_RDF_TYPE_DNAME, question.name.wire)
        guard let packet = ldns_pkt_query_new(name, type, recordClass, 0) else {
            preconditionFailure("ldns is out of memory")
        }
        pointer = packet
        ldns_pkt_set_id(packet, id)
    }

    /// An update of a zone (RFC 2136 §2).
    init(_ update: DynamicUpdate, id: UInt16) {
        let lists = (ldns_rr_list_new(), ldns_rr_list_new(), ldns_rr_list_new())
        defer { for list in [lists.0, lists.1, lists.2] { ldns_rr_list_deep_free(list) } }
        for prerequisite in update.prerequisites { prerequisite.addRecords(to: lists.0) }
        for change in update.changes { change.addRecords(to: lists.1) }
        // The packet takes the name over, and copies the lists.
        let zone = makeLDNSField(LDNS_RDF_TYPE_DNAME, update.zone.wire)
        guard let packet = ldns_update_pkt_new(zone, LDNS_RR_CLASS_IN, lists.0, lists.1, lists.2) else {
            preconditionFailure("ldns is out of memory")
        }
        pointer = packet
        ldns_pkt_set_id(packet, id)
        ldns_pkt_set_rd(packet, false)
    }

    /// Takes the packet over.
    init(owning pointer: UnsafeMutablePointer<ldns_pkt>) {
        self.pointer = pointer
    }

    deinit {
        ldns_pkt_free(pointer)
    }

    /// Adds a record, which the packet takes over.
    borrowing func push(_ record: UnsafeMutablePointer<ldns_rr>, to section: ldns_pkt_section) {
        precondition(ldns_pkt_push_rr(pointer, section, record), "ldns is out of memory")
    }

    /// Signs the packet (RFC 8945), and gives the signature's octets; throws, and must not be sent, when it cannot.
    borrowing func sign(with key: TSIGKey) throws(TSIGKeyError) -> [UInt8] {
        let status = ldns_pkt_tsig_sign(
            pointer, key.name.description, key.secret.revealed, TSIGKey.fudge, key.algorithm.name.description, nil)
        // ldns leaves a packet unsigned whose algorithm it does not know.
        guard status == LDNS_STATUS_OK, let signature = ldns_pkt_tsig(pointer) else {
            throw TSIGKeyError(key.algorithm, status)
        }
        return Array(UnsafeRawBufferPointer(ldns_rr_rdf(signature, TSIGField.mac)))
    }

    /// The message as it is sent; nil when it does not fit into one.
    borrowing func octets() -> [UInt8]? {
        var octets: UnsafeMutablePointer<UInt8>?
        var count = 0
        let status = ldns_pkt2wire(&octets, pointer, &count)
        defer { free(octets) }
        guard status == LDNS_STATUS_OK, count <= 65_535 else { return nil }
        return Array(UnsafeBufferPointer(start: octets, count: count))
    }
}

/// The places of a TSIG record's fields (RFC 8945 §4.2).
enum TSIGField {
    static let algorithm = 0
    static let time = 1
    static let fudge = 2
    static let mac = 3
    static let originalID = 4
    static let error = 5
    static let otherData = 6
}

extension DynamicUpdate.Prerequisite {
    /// RFC 2136 §2.4.
    fileprivate func addRecords(to list: UnsafeMutablePointer<ldns_rr_list>?) {
        switch self {
        case .rrset(let name, let type, let values):
            for data in values { list.add(name, type, .internet, data: data.octets) }
        case .rrsetExists(let name, let type): list.add(name, type, .any)
        case .rrsetAbsent(let name, let type): list.add(name, type, .none)
        case .nameInUse(let name): list.add(name, .any, .any)
        case .nameNotInUse(let name): list.add(name, .any, .none)
        }
    }
}

extension DynamicUpdate.Change {
    /// RFC 2136 §2.5.
    fileprivate func addRecords(to list: UnsafeMutablePointer<ldns_rr_list>?) {
        switch self {
        case .deleteRRset(let name, let type): list.add(name, type, .any)
        case .delete(let name, let data): list.add(name, data.type, .none, data: data.octets)
        case .add(let name, let ttl, let data): list.add(name, data.type, .internet, ttl: ttl, data: data.octets)
        }
    }
}

/// The classes that say what a record in an update means.
private enum UpdateClass: UInt16 {
    case internet = 1
    case none = 254
    case any = 255
}

extension UnsafeMutablePointer<ldns_rr_list>? {
    fileprivate func add(
        _ name: DomainName, _ type: RecordType, _ updateClass: UpdateClass, ttl: TTL = TTL(0), data: [UInt8]? = nil
    ) {
        let record = makeLDNSRecord(
            owner: name, type: type, recordClass: updateClass.rawValue, ttl: ttl.seconds, data: data)
        // The list takes the record over.
        precondition(ldns_rr_list_push_rr(self, record), "ldns is out of memory")
    }
}
