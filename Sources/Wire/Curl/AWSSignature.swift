import CCurl
import DNSModel

/// What Amazon's Signature Version 4 is made of; libcurl computes it when the request is sent.
package struct AWSSignature: Hashable, Sendable {
    package var accessKeyID: String
    package var secretAccessKey: Secret
    /// For temporary credentials.
    package var sessionToken: Secret?
    /// `us-east-1`.
    package var region: String
    /// `route53`.
    package var service: String

    package init(
        accessKeyID: String, secretAccessKey: Secret, sessionToken: Secret? = nil, region: String, service: String
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.region = region
        self.service = service
    }

    /// Why nothing can be signed with it, if so.
    var problem: String? {
        // libcurl takes both keys in one text, and region and service in another, with colons between them.
        if accessKeyID.isEmpty || accessKeyID.contains(":") {
            return "an AWS access key ID is empty or has a colon in it"
        }
        if secretAccessKey.revealed.isEmpty { return "an AWS secret access key is empty" }
        for (name, text) in [("region", region), ("service", service)] {
            let isFine = !text.isEmpty && text.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
            if !isFine { return "the AWS \(name) \"\(text)\" is malformed; give one such as us-east-1" }
        }
        if let token = tokenHeader, !token.isWellFormed { return "an AWS session token is malformed" }
        return nil
    }

    var tokenHeader: HTTPHeader? {
        sessionToken.map { HTTPHeader("X-Amz-Security-Token", $0.revealed) }
    }

    /// Has libcurl sign what `easy` sends.
    func apply(to easy: EasyHandle) {
        easy.set(CURLOPT_AWS_SIGV4, "aws:amz:\(region):\(service)")
        easy.set(CURLOPT_USERPWD, "\(accessKeyID):\(secretAccessKey.revealed)")
    }

    /// The URL with its parameters in the order of their names, which is how they are signed: libcurl takes them in the
    /// order in which it finds them.
    static func sorted(_ url: String) -> String {
        let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]
            .split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return String(parts[0]) }
        let parameters = parts[1].split(separator: "&").map { parameter in
            parameter.contains("=") ? String(parameter) : parameter + "="
        }
        return "\(parts[0])?" + parameters.sorted { $0.sortKey < $1.sortKey }.joined(separator: "&")
    }
}

extension String {
    /// Name and value apart, so that `a` stands before `a-b` whatever `=` sorts as.
    fileprivate var sortKey: (String, String) {
        let parts = split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return (parts[0], parts[1])
    }
}
