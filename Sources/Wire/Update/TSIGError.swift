/// What a server says about a signature (RFC 8945 §3).
package struct TSIGError: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package static let noError = TSIGError(rawValue: 0)
    package static let badSig = TSIGError(rawValue: 16)
    package static let badKey = TSIGError(rawValue: 17)
    package static let badTime = TSIGError(rawValue: 18)
    package static let badTrunc = TSIGError(rawValue: 22)

    package var description: String {
        switch self {
        case .noError: "NOERROR"
        case .badSig: "BADSIG"
        case .badKey: "BADKEY"
        case .badTime: "BADTIME"
        case .badTrunc: "BADTRUNC"
        default: "TSIG error \(rawValue)"
        }
    }
}
