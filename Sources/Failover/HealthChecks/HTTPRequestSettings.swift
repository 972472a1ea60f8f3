import DNSModel
import Wire

/// What is sent besides the URL.
struct HTTPRequestSettings: Sendable {
    private let method: HTTPRequest.Method
    private let headers: [HTTPHeader]
    private let body: String?
    /// Where the server listens, when that is not the URL's port.
    private let port: UInt16?
    private let verifies: Bool

    init(reading settings: inout SettingReader) {
        let body = settings.text("body")
        self.body = body
        method =
            settings.word("method", ["GET": .get, "HEAD": .head, "POST": .post]) ?? (body == nil ? .get : .post)
        if body != nil, method != .post { settings.note("body", "is sent with method: POST alone") }
        headers = settings.group("headers") { settings in settings.keys.compactMap { settings.header($0) } } ?? []
        port = settings.integer("port", in: 1...65_535).map { UInt16($0) }
        verifies = settings.flag("verify") ?? true
        if !verifies { settings.warn("verify", "is off: anybody can answer in the server's place") }
    }

    func request(for url: HTTPURL, timeout: Duration) -> HTTPRequest {
        var request = HTTPRequest(
            method, url.description, headers: [HTTPHeader("User-Agent", "dnsconverge")] + headers,
            body: body.map { Array($0.utf8) }, timeout: timeout)
        request.port = port
        request.usesProxy = false
        request.newConnection = true
        request.verifiesCertificate = verifies
        request.wantsConnectionDetails = true
        request.cutsBody = true
        return request
    }
}

extension SettingReader {
    /// A header field whose value may be a reference to a secret, and has to be one where it says who asks.
    fileprivate mutating func header(_ name: String) -> HTTPHeader? {
        guard let text = text(name) else { return nil }
        let isSecret = text.hasPrefix("env:") || text.hasPrefix("file:") || name.namesCredentials
        guard let value = isSecret ? secret(name)?.revealed : text else { return nil }
        let isName = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        guard isName, value.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x09 }) else {
            note(name, "is no header field: give one line of text")
            return nil
        }
        return HTTPHeader(name, value)
    }
}

extension String {
    /// Whether a header field of this name shows who asks: `Authorization`, `Cookie`, `X-Api-Key`.
    fileprivate var namesCredentials: Bool {
        let name = lowercased()
        return ["auth", "cookie", "key", "token", "secret", "password"].contains { name.contains($0) }
    }
}
