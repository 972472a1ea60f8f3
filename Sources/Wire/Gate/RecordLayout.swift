import DNSModel

/// How the data of a record are laid out, so that the gate can tell where they must end.
///
/// It covers every type that ldns reads field by field: such a reader must never be led beyond the data's end. Data of all
/// other types are plain octets (RFC 3597 §3).
enum RecordLayout {
    enum Field: Sendable {
        case octets(Int)
        /// A domain name; most types may compress it, and old servers compress more than they may.
        case name
        /// A length and so many octets.
        case string
        case optionalString
        /// One string or more, up to the end.
        case strings
        /// Windows of a type bitmap (RFC 4034 §4.1.2).
        case bitmap
        /// Keys in ascending order, each with a length and a value (RFC 9460 §2.2).
        case serviceParameters
        /// Address prefixes (RFC 3123 §4).
        case prefixes
        /// Two lengths, an algorithm, and the host identity and key they are for, then names (RFC 8005 §5).
        case hostIdentity
        /// Anything up to the end.
        case rest
    }

    /// Nil for a type whose data are plain octets.
    static func fields(of type: UInt16) -> [Field]? {
        type < known.count ? known[Int(type)] : type == 32769 ? [.octets(2), .octets(1), .octets(1), .rest] : nil
    }

    private static let known: [[Field]?] = {
        var layouts = [[Field]?](repeating: nil, count: 258)
        for (types, fields) in table {
            for type in types { layouts[type] = fields }
        }
        return layouts
    }()

    // As many fields as ldns makes of them, since each has its cost.
    private static let table: [([Int], [Field])] = [
        ([1], [.octets(4)]),  // A
        ([28], [.octets(16)]),  // AAAA
        ([2, 3, 4, 5, 7, 8, 9, 12, 39], [.name]),  // NS, MD, MF, CNAME, MB, MG, MR, PTR, DNAME
        ([6], [.name, .name] + Array(repeating: .octets(4), count: 5)),  // SOA
        ([14, 17, 58], [.name, .name]),  // MINFO, RP, TALINK
        ([15, 18, 21, 36, 107], [.octets(2), .name]),  // MX, AFSDB, RT, KX, LP
        ([26], [.octets(2), .name, .name]),  // PX
        ([33], [.octets(2), .octets(2), .octets(2), .name]),  // SRV
        ([35], [.octets(2), .octets(2), .string, .string, .string, .name]),  // NAPTR
        ([16, 99], [.strings]),  // TXT, SPF
        ([13], [.string, .string]),  // HINFO
        ([19, 23], [.string]),  // X25, NSAP-PTR
        ([20], [.string, .optionalString]),  // ISDN
        ([27], [.string, .string, .string]),  // GPOS
        ([24, 46], signature),  // SIG, RRSIG
        ([25, 48, 60], [.octets(2), .octets(1), .octets(1), .rest]),  // KEY, DNSKEY, CDNSKEY
        ([43, 59], [.octets(2), .octets(1), .octets(1), .rest]),  // DS, CDS
        ([30], [.name, .rest]),  // NXT
        ([47], [.name, .bitmap]),  // NSEC
        ([50], [.octets(1), .octets(1), .octets(2), .string, .string, .bitmap]),  // NSEC3
        ([51], [.octets(1), .octets(1), .octets(2), .string]),  // NSEC3PARAM
        ([62], [.octets(4), .octets(2), .bitmap]),  // CSYNC
        ([63], [.octets(4), .octets(1), .octets(1), .rest]),  // ZONEMD
        ([44], [.octets(1), .octets(1), .rest]),  // SSHFP
        ([52, 53], [.octets(1), .octets(1), .octets(1), .rest]),  // TLSA, SMIMEA
        ([37], [.octets(2), .octets(2), .octets(1), .rest]),  // CERT
        ([29], [.octets(16)]),  // LOC
        ([64, 65], [.octets(2), .name, .serviceParameters]),  // SVCB, HTTPS
        ([42], [.prefixes]),  // APL
        ([55], [.hostIdentity]),  // HIP
        ([104, 106], [.octets(2), .octets(8)]),  // NID, L64
        ([105], [.octets(2), .octets(4)]),  // L32
        ([108], [.octets(6)]),  // EUI48
        ([109], [.octets(8)]),  // EUI64
        ([40], [.octets(1)]),  // SINK
        ([11], [.octets(4), .octets(1), .rest]),  // WKS
        ([256], [.octets(2), .octets(2), .rest]),  // URI
        ([257], [.octets(1), .string, .rest]),  // CAA
    ]

    private static let signature: [Field] = [
        .octets(2), .octets(1), .octets(1), .octets(4), .octets(4), .octets(4), .octets(2), .name, .rest,
    ]
}
