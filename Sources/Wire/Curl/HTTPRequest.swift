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
    /// How many octets of body are taken at most; a longer one fails with `tooLarge`.
    package var bodyLimit = 1 << 20
    /// Connects there instead of looking the URL's host up, and through no proxy; the certificate must still be the host's.
    package var address: IPAddress?
    /// Uses a connection of its own and closes it afterwards.
    package var newConnection = false

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
        return nil
    }
}

extension HTTPHeader {
    fileprivate var isWellFormed: Bool {
        let isNameFine = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        return isNameFine && !name.isEmpty && value.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x09 }
    }
}
