/// The data of one record (RDATA): octets to compare and text to show.
package struct RecordData: Sendable {
    package let type: RecordType
    /// Uncompressed, with embedded names in lower case, so that equal data have equal octets (RFC 4034 §6.2). That holds
    /// for every type whose names may be compared so; other data are the octets as they came (RFC 3597 §6).
    package let octets: [UInt8]
    /// The text as it was written, where it does not follow from the octets.
    private let writtenText: String?

    package init(type: RecordType, octets: [UInt8], text: String) {
        self.type = type
        self.octets = octets
        writtenText = text
    }

    /// Data whose text follows from their octets: an address, or nothing but a name whose letters are all lower case.
    package init(type: RecordType, octets: [UInt8]) {
        self.type = type
        self.octets = octets
        writtenText = nil
    }

    /// An A or AAAA record's data.
    package init(_ address: IPAddress) {
        self.init(type: address.family.recordType, octets: address.octets)
    }

    /// The data of a type that holds just a name: CNAME, DNAME, NS or PTR.
    package init(type: RecordType, name: DomainName) {
        self.init(type: type, octets: name.canonicalWire, text: name.description)
    }

    /// Presentation format as received; for types without one `\# 4 0A000001` (RFC 3597 §5).
    package var text: String {
        writtenText ?? address?.description ?? name?.description ?? ""
    }

    /// The address of an A or AAAA record.
    package var address: IPAddress? {
        switch type {
        case .a, .aaaa: IPAddress(octets: octets)
        default: nil
        }
    }

    /// The name that a CNAME, DNAME, NS or PTR record holds.
    package var name: DomainName? {
        switch type {
        case .cname, .dname, .ns, .ptr: DomainName(validatedWire: octets)
        default: nil
        }
    }
}

extension RecordData: Hashable {
    package static func == (a: RecordData, b: RecordData) -> Bool {
        a.type == b.type && a.octets == b.octets
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        hasher.combine(octets)
    }
}

extension RecordData: Comparable {
    /// By octets, as in RFC 4034 §6.3.
    package static func < (a: RecordData, b: RecordData) -> Bool {
        a.octets.lexicographicallyPrecedes(b.octets)
    }
}
