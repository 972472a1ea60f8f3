import DNSModel

/// One HTTP request.
package struct HTTPRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    package var method: Method
    /// An `http` or `https` URL.
    package var url: String
    package var headers: [HTTPHeader]
    package var body: [UInt8]?
    /// How long everything may take, from the look-up of the name to the body's last octet.
    package var timeout: Duration
    /// How many octets of body are taken at most; a longer one fails with `tooLarge`, unless it is cut.
    package var bodyLimit = 1 << 20
    /// Takes only the beginning of a body that is longer than `bodyLimit`, and reads no further.
    package var cutsBody = false
    /// Connects there instead of looking the URL's host up, and through no proxy; the certificate must still be the host's.
    package var address: IPAddress?
    /// Connects to this port instead of the URL's, which the Host header keeps.
    package var port: UInt16?
    /// Connects to a Unix-domain socket instead, which the URL's host then only names in the Host header.
    package var socketPath: String?
    /// Goes through the proxy that the environment names, if any.
    package var usesProxy = true
    /// Uses a connection of its own and closes it afterwards.
    ///
    /// It also rules out that libcurl sends the request again by itself, which it does when a kept connection turns out
    /// to be closed.
    package var newConnection = false
    /// Whether the server's certificate must be valid and the host's. Only for servers whose user has asked for less.
    package var verifiesCertificate = true
    /// Whether the response tells what is known of its connection.
    package var wantsConnectionDetails = false
    /// Signs the request so that Amazon's services accept it.
    package var signature: AWSSignature?

    package init(
        _ method: Method = .get, _ url: String, headers: [HTTPHeader] = [], body: [UInt8]? = nil,
        timeout: Duration = .seconds(10)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

/// One header field.
package struct HTTPHeader: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension HTTPRequest {
    /// The URL's host, for messages: the rest of a URL may be secret.
    var host: String {
        let rest = url.split(separator: "//", maxSplits: 1).dropFirst().first ?? ""
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.split(separator: "@").last ?? ""
        return host.isEmpty ? "the URL" : String(host)
    }

    /// Why the request cannot be sent, if so. A line break in a header would start another header.
    var problem: String? {
        let scheme = url.prefix { $0 != ":" }.lowercased()
        guard scheme == "http" || scheme == "https" else { return "a URL of \(host) is neither http nor https" }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return "the URL of \(host) has a space in it" }
        for header in headers where !header.isWellFormed {
            return "the header \(header.name) of a request is malformed"
        }
        if let path = socketPath, path.isEmpty || path.utf8.count > 107 || path.utf8.contains(0) {
            return "the socket \(path) cannot be connected to; give a path of 1 to 107 octets"
        }
        return signature?.problem
    }
}

extension HTTPHeader {
    var isWellFormed: Bool {
        let isNameFine = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        return isNameFine && !name.isEmpty && value.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x09 }
    }
}
