import CLDNS
import DNSModel

extension RecordData {
    /// Copies the data of a record that ldns holds.
    init(_ rr: UnsafeMutablePointer<ldns_rr>) {
        let type = RecordType(rawValue: UInt16(truncatingIfNeeded: ldns_rr_get_type(rr).rawValue))
        let fields = RecordFields(rr)
        let octets = fields.octets(foldingNames: type.hasFoldableNames)
        if fields.textFollows(from: octets, of: type) {
            self.init(type: type, octets: octets)
        } else {
            self.init(type: type, octets: octets, text: fields.text(of: type, octets))
        }
    }
}

extension RecordType {
    /// Whether names in the data compare without case: the types of RFC 4034 §6.2 without NSEC (RFC 6840 §5.1), and
    /// SVCB and HTTPS.
    fileprivate var hasFoldableNames: Bool {
        switch rawValue {
        case 2...9, 12, 14, 15, 17, 18, 21, 24, 26, 30, 33, 35, 36, 39, 46, 64, 65: true
        default: false
        }
    }
}

/// The fields of one record's data, borrowed from ldns.
struct RecordFields {
    private let rr: UnsafeMutablePointer<ldns_rr>
    let count: Int

    init(_ rr: UnsafeMutablePointer<ldns_rr>) {
        self.rr = rr
        count = ldns_rr_rd_count(rr)
    }

    /// The octets of a field, names uncompressed.
    subscript(index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(ldns_rr_rdf(rr, index))
    }

    func field(_ index: Int) -> UnsafeMutablePointer<ldns_rdf>? {
        ldns_rr_rdf(rr, index)
    }

    /// All of the data on the wire, without compression.
    func octets(foldingNames: Bool) -> [UInt8] {
        if count == 1, !foldingNames { return Array(self[0]) }
        var octets: [UInt8] = []
        octets.reserveCapacity((0..<count).reduce(0) { $0 + self[$1].count })
        for index in 0..<count {
            if foldingNames, let field = field(index), ldns_rdf_get_type(field) == LDNS_RDF_TYPE_DNAME {
                octets.append(contentsOf: self[index].lazy.map(\.lowercasedASCII))
            } else {
                octets.append(contentsOf: self[index])
            }
        }
        return octets
    }
}

extension UnsafeRawBufferPointer {
    /// The octets that an `ldns_rdf` holds.
    init(_ field: UnsafeMutablePointer<ldns_rdf>?) {
        guard let field else {
            self.init(start: nil, count: 0)
            return
        }
        self.init(start: ldns_rdf_data(field), count: ldns_rdf_size(field))
    }
}
