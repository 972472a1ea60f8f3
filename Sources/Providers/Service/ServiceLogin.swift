import DNSModel
import FoundationEssentials
import Wire

/// How we show a service who we are. The secret is written into headers only when a request is sent.
enum ServiceLogin: Sendable {
    /// The service needs none, or it stands elsewhere in the request.
    case none
    /// `Authorization: Bearer …`, or another scheme.
    case authorization(scheme: String, Secret)
    /// A header of the service's own.
    case header(String, Secret)
    /// HTTP Basic (RFC 7617).
    case basic(user: String, Secret)

    var headers: [HTTPHeader] {
        switch self {
        case .none: []
        case .authorization(let scheme, let secret): [HTTPHeader("Authorization", "\(scheme) \(secret.revealed)")]
        case .header(let name, let secret): [HTTPHeader(name, secret.revealed)]
        case .basic(let user, let secret):
            [HTTPHeader("Authorization", "Basic \(Self.basicToken(user, secret).revealed)")]
        }
    }

    /// Everything that no message may have in it.
    var secrets: [Secret] {
        switch self {
        case .none: []
        case .authorization(_, let secret), .header(_, let secret): [secret]
        case .basic(let user, let secret): [secret, Self.basicToken(user, secret)]
        }
    }

    private static func basicToken(_ user: String, _ secret: Secret) -> Secret {
        Secret(Data("\(user):\(secret.revealed)".utf8).base64EncodedString())
    }
}
