import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite(
    "AWS Signature Version 4", .enabled(if: ChildProcess.path(of: "python3") != nil, "python3 is not installed"))
struct CurlSignatureTests {
    private static let signature = AWSSignature(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        region: "us-east-1", service: "route53")

    private static let requests: [Case<(HTTPRequest.Method, String, String?), String>] = [
        Case("no parameters", (.get, "/2013-04-01/change/C123", nil), "/2013-04-01/change/C123"),
        Case(
            "parameters in another order", (.get, "/2013-04-01/rrset?type=A&name=cat.example.&maxitems=1", nil),
            "/2013-04-01/rrset?maxitems=1&name=cat.example.&type=A"),
        Case("a parameter without a value", (.get, "/x?b=1&a", nil), "/x?a=&b=1"),
        Case("one name the beginning of another", (.get, "/x?a-b=1&a=2", nil), "/x?a=2&a-b=1"),
        Case("a body", (.post, "/2013-04-01/rrset", "<x>1</x>"), "/2013-04-01/rrset"),
        Case("an empty body", (.post, "/2013-04-01/rrset", nil), "/2013-04-01/rrset"),
    ]

    @Test("Requests are signed as Amazon computes it", arguments: requests, [nil, "a/token+of=time"])
    func signed(
        request: Case<(HTTPRequest.Method, String, String?), String>, token: String?
    ) async throws {
        let (method, target, body) = request.input
        let server = try FakeHTTPServer()
        server.on(method.rawValue, request.output, .response(200))
        var sent = HTTPRequest(
            method, server.url + target, headers: [HTTPHeader("Content-Type", "text/xml")],
            body: body.map { Array($0.utf8) })
        sent.signature = Self.signature
        sent.signature?.sessionToken = token.map(Secret.init)
        #expect(try await HTTPClient().send(sent).status == 200)
        let received = try #require(server.requests.first)
        let signed = try #require(received.headers["authorization"])
        #expect(received.headers["x-amz-security-token"] == token)
        #expect(token == nil || signed.contains("x-amz-security-token"))
        #expect(!signed.contains(Self.signature.secretAccessKey.revealed))
        let expected = try await Self.expectedSignature(of: received)
        #expect(signed.hasSuffix("Signature=" + expected), "\(expected)")
    }

    /// Computed anew by AWS's published algorithm, in another language, from what the server received.
    private static func expectedSignature(of request: FakeHTTPRequest) async throws -> String {
        let python = try #require(ChildProcess.path(of: "python3"))
        let headers = request.headers.map { "\($0.key):\($0.value)" }.joined(separator: "\n")
        let arguments = [
            "-c", verifier, request.method, request.target, headers, request.body, signature.secretAccessKey.revealed,
        ]
        return try await blocking { try ChildProcess(python, arguments).readAll() }
    }

    private static let verifier = """
        import hashlib, hmac, re, sys
        method, target, headers, body, secret = sys.argv[1:]
        headers = dict(line.split(':', 1) for line in headers.split('\\n'))
        digest = lambda text: hashlib.sha256(text.encode()).hexdigest()
        mac = lambda key, text: hmac.new(key, text.encode(), hashlib.sha256).digest()
        scope, names = re.search('Credential=[^/]*/([^,]*), ?SignedHeaders=([^,]*),', headers['authorization']).groups()
        path, _, query = target.partition('?')
        query = '&'.join('='.join(pair) for pair in sorted(part.split('=', 1) for part in query.split('&') if part))
        lines = [method, path, query] + [name + ':' + headers[name].strip() for name in names.split(';')]
        canonical = '\\n'.join(lines + ['', names, digest(body)])
        text = '\\n'.join(['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, digest(canonical)])
        key = ('AWS4' + secret).encode()
        for part in scope.split('/'):
            key = mac(key, part)
        print(mac(key, text).hex(), end='')
        """

    private static let unusable: [Case<AWSSignature, String>] = [
        Case(
            "no key ID", AWSSignature(accessKeyID: "", secretAccessKey: Secret("s"), region: "r", service: "s"),
            "an AWS access key ID is empty or has a colon in it"),
        Case(
            "a key ID that would move the secret",
            AWSSignature(accessKeyID: "a:b", secretAccessKey: Secret("s"), region: "r", service: "s"),
            "an AWS access key ID is empty or has a colon in it"),
        Case(
            "no secret", AWSSignature(accessKeyID: "a", secretAccessKey: Secret(""), region: "r", service: "s"),
            "an AWS secret access key is empty"),
        Case(
            "a region that is two",
            AWSSignature(accessKeyID: "a", secretAccessKey: Secret("s"), region: "us:eu", service: "s"),
            "the AWS region \"us:eu\" is malformed; give one such as us-east-1"),
        Case(
            "a token with a line break",
            AWSSignature(
                accessKeyID: "a", secretAccessKey: Secret("s"), sessionToken: Secret("t\r\nX: y"), region: "r",
                service: "s"), "an AWS session token is malformed"),
    ]

    @Test("What cannot sign is refused before anything is sent", arguments: unusable)
    func refused(unusable: Case<AWSSignature, String>) async throws {
        let server = try FakeHTTPServer()
        var request = HTTPRequest(.get, server.url + "/")
        request.signature = unusable.input
        await #expect(throws: TransferFailure.badRequest(unusable.output)) { try await HTTPClient().send(request) }
        #expect(server.connectionCount == 0)
    }
}
