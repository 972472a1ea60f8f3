import CCurl
import Glibc

extension EasyHandle {
    /// What a code that ended this handle's transfer means.
    func failure(_ code: CURLcode, host: String) -> TransferFailure {
        switch code {
        case CURLE_OPERATION_TIMEDOUT: .timeout(sent: hasSentRequest)
        case CURLE_COULDNT_RESOLVE_HOST: .unresolved(host: host)
        case CURLE_COULDNT_CONNECT: connectionFailure
        case CURLE_URL_MALFORMAT: .badRequest(reason(code))
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: .certificate(certificateProblem, reason(code))
        case CURLE_SSL_CACERT_BADFILE: .badRequest("the file of authorities cannot be used: \(reason(code))")
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_INITFAILED: .tls(reason(code))
        case CURLE_OUT_OF_MEMORY: .interrupted("out of memory")
        default: .interrupted(reason(code))
        }
    }

    private var connectionFailure: TransferFailure {
        let number = Int32(truncatingIfNeeded: number(CURLINFO_OS_ERRNO))
        switch number {
        case ENETUNREACH, EAFNOSUPPORT, EADDRNOTAVAIL: return .noRoute
        case ETIMEDOUT: return .timeout(sent: false)
        case ECONNREFUSED: return .unreachable("connection refused")
        case EHOSTUNREACH: return .unreachable("host unreachable")
        case 0: return .unreachable("cannot connect")
        default: return .unreachable(strerror(number).map { String(cString: $0) } ?? "cannot connect")
        }
    }

    private var hasSentRequest: Bool { number(CURLINFO_REQUEST_SIZE) > 0 }

    /// From OpenSSL's verdict (`X509_V_ERR_…`). libcurl compares the name itself, and has noted no other verdict than 1 then.
    private var certificateProblem: CertificateProblem {
        switch number(CURLINFO_SSL_VERIFYRESULT) {
        case 0, 1, 62, 64: .wrongName
        case 9: .notYetValid
        case 10: .expired
        case 2, 18...21, 24, 27, 28: .untrusted
        default: .other
        }
    }

    private func reason(_ code: CURLcode) -> String {
        for prefix in ["SSL certificate problem: ", "SSL: "] where lastError.hasPrefix(prefix) {
            return String(lastError.dropFirst(prefix.count))
        }
        return lastError.isEmpty ? generalReason(code) : lastError
    }
}
