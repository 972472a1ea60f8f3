import DNSModel

/// A key that a name server shares with us, for signing messages (RFC 8945).
package struct TSIGKey: Hashable, Sendable {
    package enum Algorithm: String, Hashable, Sendable, CaseIterable {
        case md5 = "hmac-md5"
        case sha1 = "hmac-sha1"
        case sha224 = "hmac-sha224"
        case sha256 = "hmac-sha256"
        case sha384 = "hmac-sha384"
        case sha512 = "hmac-sha512"
    }

    /// In lower case.
    package let name: DomainName
    package let algorithm: Algorithm
    /// In Base64, which is how ldns takes it.
    package let secret: Secret

    /// By how many seconds the clocks of both sides may differ (RFC 8945 §10).
    static let fudge: UInt16 = 300

    /// Throws when the secret is not in Base64, or ldns cannot sign with such a key: older ones lack some algorithms.
    package init(name: DomainName, algorithm: Algorithm, secret: Secret) throws(TSIGKeyError) {
        guard secret.isBase64 else { throw .malformed("the secret of the key \(name) is not in Base64") }
        self.name = DomainName(validatedWire: name.canonicalWire)
        self.algorithm = algorithm
        self.secret = secret
        _ = try OutgoingPacket(Question(.root, .soa), id: 0).sign(with: self)
    }
}

extension TSIGKey.Algorithm {
    /// Its name in messages; MD5's has more labels (RFC 8945 §6).
    var name: DomainName {
        guard let name = try? DomainName(self == .md5 ? Self.longMD5 : rawValue) else {
            preconditionFailure("\(rawValue) is a name")
        }
        return name
    }

    /// Takes any name that configurations use: in any case, with its last dot or without, MD5's long or short.
    init?(named text: some StringProtocol) {
        let name = text.lowercased()
        let short = name.hasSuffix(".") ? String(name.dropLast()) : name
        self.init(rawValue: short == Self.longMD5 ? Self.md5.rawValue : short)
    }

    private static let longMD5 = "hmac-md5.sig-alg.reg.int"
}

extension Secret {
    fileprivate var isBase64: Bool {
        let digits = revealed.utf8.prefix { $0 != UInt8(ascii: "=") }
        let padding = revealed.utf8.count - digits.count
        let isFilled = revealed.utf8.dropFirst(digits.count).allSatisfy { $0 == UInt8(ascii: "=") }
        return digits.count > 0 && padding <= 2 && isFilled && revealed.utf8.count % 4 == 0
            && digits.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
    }
}
