import DNSModel

/// Why a primary server did not do what it was asked, or why nobody knows.
package enum UpdateFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// No server could take it as it is.
    case badRequest(String)
    /// The server never had it.
    case notReceived(QueryFailure)
    /// The server has refused it, and changed nothing.
    case refused(Refusal)
    /// It went out, and no answer that could be trusted came: only a look tells whether it was done.
    case uncertain(String)

    package enum Refusal: Hashable, Sendable {
        /// What had to hold does not: NXRRSET, YXRRSET, NXDOMAIN or YXDOMAIN.
        case prerequisite(ResponseCode)
        case other(ResponseCode)
        /// The server does not accept our signature: BADSIG, BADKEY and others (RFC 8945 §3).
        case signature(TSIGError)
        /// The clocks differ by too much; the server's, in seconds since 1970, when it said so.
        case clock(server: UInt64?)
    }

    package var description: String {
        switch self {
        case .badRequest(let text), .uncertain(let text): text
        case .notReceived(let failure): "not sent: \(failure)"
        case .refused(let refusal): refusal.description
        }
    }
}

extension UpdateFailure.Refusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .prerequisite(let code): "refused (\(code)): the records are not those that were expected"
        case .signature(.badKey): "refused (BADKEY): the server does not know this key, or lets it change nothing here"
        case .signature(.badSig): "refused (BADSIG): the key's secret is not the server's"
        case .signature(let code): "refused (\(code)): the server does not accept the signature"
        case .clock: "refused (BADTIME): the clocks of this machine and of the server differ by more than 300 s"
        case .other(.notAuth): "refused (NOTAUTH): the server is not authoritative for the zone, or wants another key"
        case .other(.refused): "refused (REFUSED): the server does not let this key change these records"
        case .other(.notZone): "refused (NOTZONE): a name is not in the zone"
        case .other(.notImp): "refused (NOTIMP): the server takes no dynamic updates"
        case .other(let code): "refused (\(code))"
        }
    }
}
