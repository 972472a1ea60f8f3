import DNSModel

/// A change under way at Route 53.
struct Route53Change {
    static let settled = "INSYNC"

    let id: String
    /// `PENDING` or `INSYNC`.
    let state: String
}

/// What Route 53 says of a request that it refuses.
struct Route53Problem {
    let code: String
    let message: String

    /// Whether the batch did not fit what the zone has, or was wrong in itself: the code does not tell which.
    var isAboutBatch: Bool { code == "InvalidChangeBatch" || code == "InvalidInput" }

    func error(for reply: ServiceReply, subject: String) -> ProviderError {
        switch code {
        // Some of these come with HTTP 400.
        case "PriorRequestNotComplete", "Throttling", "ThrottlingException", "ServiceUnavailable", "RequestTimeout":
            let message = "Route 53 is busy (\(code))"
            return .temporary(message, reply: reply.text, retryAfter: reply.retryAfter ?? .seconds(1))
        case "SignatureDoesNotMatch", "InvalidClientTokenId", "AccessDenied", "UnrecognizedClientException",
            "ExpiredToken", "InvalidSignature", "IncompleteSignature", "MissingAuthenticationToken",
            "RequestExpired":
            let advice = "check it, the machine's clock, and that it may list and change the zone's record sets"
            return .permanent("Route 53 refused the access key (\(code)); \(advice)", reply: reply.text)
        case "NoSuchHostedZone":
            return .permanent("Route 53 does not know \(subject); check zone_id", reply: reply.text)
        case "InvalidChangeBatch", "InvalidInput":
            return .permanent("Route 53 refused the change (\(code))", reply: reply.text)
        default: return reply.refusal(of: subject)
        }
    }
}

extension ServiceReply {
    /// What is wrong, when the status is no success.
    var route53Problem: Route53Problem? {
        guard !isSuccess else { return nil }
        let root = try? xml()
        if let root, root.name == "InvalidChangeBatch" {
            let messages = root["Messages"]?.children.map(\.text) ?? []
            return Route53Problem(code: root.name, message: messages.joined(separator: " "))
        }
        let error = root?["Error"]
        return Route53Problem(code: error?["Code"]?.text ?? "", message: error?["Message"]?.text ?? "")
    }

    /// The change that a reply tells of.
    func route53Change() throws(ProviderError) -> Route53Change {
        guard let info = try xml()["ChangeInfo"], let path = info["Id"]?.text, let state = info["Status"]?.text,
            let id = path.split(separator: "/").last.map(String.init), id.utf8.allSatisfy(\.isASCIIAlphanumeric)
        else { throw unintelligible("something else than a change") }
        return Route53Change(id: id, state: state)
    }

    func xml() throws(ProviderError) -> XMLElement {
        do {
            return try XMLElement(parsing: body)
        } catch {
            throw unintelligible("no XML document (\(error.reason))")
        }
    }
}
