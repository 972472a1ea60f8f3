import DNSModel

extension ServiceReply {
    /// The body as an XML document whose root has this name.
    func xml(_ name: String) throws(ProviderError) -> XMLElement {
        do throws(XMLSyntaxError) {
            let root = try XMLElement(parsing: body)
            if root.name == name { return root }
        } catch {
            throw unintelligible("no XML document (\(error.reason))")
        }
        throw unintelligible("something else than \(name)")
    }

    /// Whether the service refused a batch because it does not fit: what is to be deleted is not so, or what is to be
    /// created is there. Requests that are wrong by themselves are refused in the same way.
    var refusesBatch: Bool { status == 400 && ["InvalidChangeBatch", "InvalidInput"].contains(route53Code) }

    /// The error for a reply that is no success.
    func route53Error(of subject: String) -> ProviderError {
        guard !isSuccess, let code = route53Code else { return refusal(of: subject) }
        if Self.passing.contains(code) {
            return .temporary("\(name) is busy (\(code))", reply: text, retryAfter: retryAfter)
        }
        if let remedy = Self.remedies[code] {
            return .permanent("\(name) refused \(subject) (\(code)); \(remedy)", reply: text)
        }
        guard (400..<429).contains(status) else { return refusal(of: subject) }
        return .permanent("\(name) refused \(subject) (\(PrintableText(code).text))", reply: text)
    }

    /// The word for what went wrong: `NoSuchHostedZone`.
    private var route53Code: String? {
        guard let root = try? XMLElement(parsing: body) else { return nil }
        if let code = root["Error"]?["Code"]?.text { return code }
        // A refused batch was once told by an element of its own.
        return root.name == "InvalidChangeBatch" ? root.name : nil
    }

    private static let passing: Set<String> = [
        "PriorRequestNotComplete", "Throttling", "ThrottlingException", "RequestThrottled", "RequestLimitExceeded",
        "ServiceUnavailable", "InternalFailure",
    ]

    private static let remedies = [
        "AccessDenied": "let the key's policy allow route53:ListResourceRecordSets and ChangeResourceRecordSets for "
            + "the zone, and route53:GetChange",
        "NoSuchHostedZone": "check zone_id",
        "InvalidClientTokenId": idRemedy,
        "UnrecognizedClientException": idRemedy,
        "MissingAuthenticationToken": idRemedy,
        "SignatureDoesNotMatch": "check secret_access_key, and this machine's clock",
        "InvalidSignatureException": "check secret_access_key, and this machine's clock",
        "RequestExpired": "set this machine's clock",
        "ExpiredToken": tokenRemedy,
        "ExpiredTokenException": tokenRemedy,
    ]
    private static let idRemedy = "check access_key_id; a temporary one needs its session_token"
    private static let tokenRemedy = "the session token's time is over: give new credentials"
}
