import DNSModel

/// EDNS option codes (IANA) that are read or sent.
enum EDNSOption {
    /// RFC 5001.
    static let nsid: UInt16 = 3
    /// RFC 7871.
    static let clientSubnet: UInt16 = 8
    /// RFC 7830.
    static let padding: UInt16 = 12
    /// RFC 8914.
    static let extendedError: UInt16 = 15
    /// RFC 9660.
    static let zoneVersion: UInt16 = 19
}

extension IPPrefix {
    /// The option's data: family, lengths and no more octets than the length needs, the last one's surplus bits zero
    /// (RFC 7871 §6).
    var ednsData: [UInt8] {
        var octets = Array(address.octets.prefix((length + 7) / 8))
        if length % 8 > 0 { octets[octets.count - 1] &= ~(0xFF >> UInt8(length % 8)) }
        return [0, address.family == .ipv4 ? 1 : 2, UInt8(length), 0] + octets
    }
}

extension EDNS {
    /// Takes in one option of a reply; one that is malformed or unknown is passed over.
    mutating func read(_ code: UInt16, _ data: [UInt8]) {
        switch code {
        case EDNSOption.nsid: nsid = data
        case EDNSOption.clientSubnet: clientSubnet = ClientSubnet(ednsData: data) ?? clientSubnet
        case EDNSOption.extendedError where data.count >= 2:
            extendedErrors.append(ExtendedError(ednsData: data))
        case EDNSOption.zoneVersion: zoneVersion = ZoneVersion(ednsData: data) ?? zoneVersion
        default: break
        }
    }
}

extension ClientSubnet {
    init?(ednsData data: [UInt8]) {
        guard data.count >= 4, data[0] == 0, data[1] == 1 || data[1] == 2 else { return nil }
        let size = data[1] == 1 ? 4 : 16
        let octets = data[4...]
        guard octets.count <= size,
            let address = IPAddress(octets: octets + Array(repeating: 0, count: size - octets.count)),
            let prefix = IPPrefix(address, length: Int(data[2]))
        else { return nil }
        self.init(source: prefix, scopeLength: Int(data[3]))
    }
}

extension ExtendedError {
    fileprivate init(ednsData data: [UInt8]) {
        // The text may end with a zero octet (RFC 8914 §2).
        let text = data.dropFirst(2).prefix { $0 != 0 }
        self.init(code: UInt16(data[0]) << 8 | UInt16(data[1]), text: String(decoding: text, as: UTF8.self))
    }
}

extension ZoneVersion {
    /// Nil for anything but a serial: other types of version are not defined.
    fileprivate init?(ednsData data: [UInt8]) {
        guard data.count == 6, data[1] == 0 else { return nil }
        self.init(
            labelCount: Int(data[0]),
            serial: SOASerial(data.dropFirst(2).reduce(0) { $0 << 8 | UInt32($1) }))
    }
}
