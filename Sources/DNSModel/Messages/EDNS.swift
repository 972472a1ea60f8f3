/// What a message's OPT record says (RFC 6891).
package struct EDNS: Sendable, Hashable {
    package var udpPayloadSize: UInt16
    package var dnssecOK: Bool
    /// The server's identity (RFC 5001), as octets.
    package var nsid: [UInt8]?
    package var extendedErrors: [ExtendedError]
    package var clientSubnet: ClientSubnet?
    package var zoneVersion: ZoneVersion?

    package init(
        udpPayloadSize: UInt16, dnssecOK: Bool = false, nsid: [UInt8]? = nil, extendedErrors: [ExtendedError] = [],
        clientSubnet: ClientSubnet? = nil, zoneVersion: ZoneVersion? = nil
    ) {
        self.udpPayloadSize = udpPayloadSize
        self.dnssecOK = dnssecOK
        self.nsid = nsid
        self.extendedErrors = extendedErrors
        self.clientSubnet = clientSubnet
        self.zoneVersion = zoneVersion
    }
}

/// A client subnet, with the scope that the answer is for (RFC 7871 §6).
package struct ClientSubnet: Sendable, Hashable {
    package let source: IPPrefix
    package let scopeLength: Int

    package init(source: IPPrefix, scopeLength: Int = 0) {
        self.source = source
        self.scopeLength = scopeLength
    }
}

/// The version of the zone that an answer came from (RFC 9660): for type 0, the SOA serial.
package struct ZoneVersion: Sendable, Hashable {
    /// The number of labels of the zone's apex.
    package let labelCount: Int
    package let serial: SOASerial

    package init(labelCount: Int, serial: SOASerial) {
        self.labelCount = labelCount
        self.serial = serial
    }
}

/// Why a server answered as it did (RFC 8914). It is a hint, never proof: nothing authenticates it.
package struct ExtendedError: Sendable, Hashable, CustomStringConvertible {
    package let code: UInt16
    package let text: String

    package init(code: UInt16, text: String = "") {
        self.code = code
        self.text = text
    }

    /// Blocked, Censored, Filtered or Prohibited: the answer was withheld on purpose (RFC 8914 §4.16 to §4.19).
    package var isBlock: Bool { (15...18).contains(code) }
    /// Why a validator rejects what it was told: DNSSEC Bogus to NSEC Missing, Signature Expired before Valid (RFC 8914 §4.7
    /// to §4.13, §4.26).
    package var isValidationFailure: Bool { (6...12).contains(code) || code == 25 }
    /// Stale Answer or Stale NXDOMAIN Answer: served past its expiry (RFC 8767).
    package var isStale: Bool { code == 3 || code == 19 }

    private static let names: [String] = [
        "Other", "Unsupported DNSKEY Algorithm", "Unsupported DS Digest Type", "Stale Answer", "Forged Answer",
        "DNSSEC Indeterminate", "DNSSEC Bogus", "Signature Expired", "Signature Not Yet Valid", "DNSKEY Missing",
        "RRSIGs Missing", "No Zone Key Bit Set", "NSEC Missing", "Cached Error", "Not Ready", "Blocked", "Censored",
        "Filtered", "Prohibited", "Stale NXDOMAIN Answer", "Not Authoritative", "Not Supported",
        "No Reachable Authority", "Network Error", "Invalid Data", "Signature Expired before Valid", "Too Early",
        "Unsupported NSEC3 Iterations Value", "Unable to conform to policy", "Synthesized",
    ]

    /// `22 No Reachable Authority: at delegation example.net`.
    package var description: String {
        let name = code < Self.names.count ? " " + Self.names[Int(code)] : ""
        return "\(code)\(name)" + (text.isEmpty ? "" : ": \(text)")
    }
}
