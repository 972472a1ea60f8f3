import CLDNS

/// Why a TSIG key cannot be used. No message has the secret in it.
package enum TSIGKeyError: Error, Hashable, Sendable, CustomStringConvertible {
    case malformed(String)
    /// The installed ldns cannot sign with it.
    case unsupported(TSIGKey.Algorithm)
    /// ldns could not sign for another reason.
    case failed(String)

    package var description: String {
        switch self {
        case .malformed(let text): text
        case .unsupported(let algorithm):
            "the installed libldns cannot sign with \(algorithm.rawValue); use a key of hmac-sha256 or hmac-sha512"
        case .failed(let reason): "the message could not be signed: \(reason)"
        }
    }

    init(_ algorithm: TSIGKey.Algorithm, _ status: ldns_status) {
        self =
            status == LDNS_STATUS_CRYPTO_UNKNOWN_ALGO || status == LDNS_STATUS_OK
            ? .unsupported(algorithm)
            : .failed(ldns_get_errorstr_by_id(status).map { String(cString: $0) } ?? "ldns gives no reason")
    }
}
