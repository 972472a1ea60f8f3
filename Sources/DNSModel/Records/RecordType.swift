/// A record type by its number in the IANA registry; numbers without a name here print as `TYPE65280` (RFC 3597 §5).
package struct RecordType: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package static let a = RecordType(rawValue: 1)
    package static let ns = RecordType(rawValue: 2)
    package static let cname = RecordType(rawValue: 5)
    package static let soa = RecordType(rawValue: 6)
    package static let ptr = RecordType(rawValue: 12)
    package static let mx = RecordType(rawValue: 15)
    package static let txt = RecordType(rawValue: 16)
    package static let aaaa = RecordType(rawValue: 28)
    package static let srv = RecordType(rawValue: 33)
    package static let dname = RecordType(rawValue: 39)
    package static let opt = RecordType(rawValue: 41)
    package static let ds = RecordType(rawValue: 43)
    package static let rrsig = RecordType(rawValue: 46)
    package static let nsec = RecordType(rawValue: 47)
    package static let dnskey = RecordType(rawValue: 48)
    package static let nsec3 = RecordType(rawValue: 50)
    package static let svcb = RecordType(rawValue: 64)
    package static let https = RecordType(rawValue: 65)
    /// In questions and in the prerequisites of updates only.
    package static let any = RecordType(rawValue: 255)
    package static let caa = RecordType(rawValue: 257)

    /// Whether a record of this type can be asked for and published: not OPT, TSIG, a transfer or ANY (RFC 6895 §3.1).
    package var isData: Bool {
        rawValue != 0 && self != .opt && !(128...255).contains(rawValue)
    }
}

extension RecordType: CustomStringConvertible {
    private static let mnemonics: [UInt16: String] = [
        1: "A", 2: "NS", 5: "CNAME", 6: "SOA", 12: "PTR", 13: "HINFO", 15: "MX", 16: "TXT", 17: "RP", 18: "AFSDB",
        28: "AAAA", 29: "LOC", 33: "SRV", 35: "NAPTR", 37: "CERT", 39: "DNAME", 41: "OPT", 42: "APL", 43: "DS",
        44: "SSHFP", 45: "IPSECKEY", 46: "RRSIG", 47: "NSEC", 48: "DNSKEY", 49: "DHCID", 50: "NSEC3",
        51: "NSEC3PARAM", 52: "TLSA", 53: "SMIMEA", 55: "HIP", 59: "CDS", 60: "CDNSKEY", 61: "OPENPGPKEY",
        62: "CSYNC", 63: "ZONEMD", 64: "SVCB", 65: "HTTPS", 99: "SPF", 108: "EUI48", 109: "EUI64", 249: "TKEY",
        250: "TSIG", 251: "IXFR", 252: "AXFR", 255: "ANY", 256: "URI", 257: "CAA",
    ]
    private static let numbers = Dictionary(uniqueKeysWithValues: mnemonics.map { ($1, $0) })

    package var description: String {
        Self.mnemonics[rawValue] ?? "TYPE\(rawValue)"
    }

    /// Reads a mnemonic or `TYPEn`, in any case.
    package init?(_ text: String) {
        let name = text.uppercased()
        if let number = Self.numbers[name] {
            self.init(rawValue: number)
        } else if name.hasPrefix("TYPE"), name.count > 4, name.dropFirst(4).utf8.allSatisfy(\.isASCIIDigit),
            let number = UInt16(name.dropFirst(4))
        {
            self.init(rawValue: number)
        } else {
            return nil
        }
    }
}
