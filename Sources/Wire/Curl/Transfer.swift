import CCurl
import DNSModel

/// One HTTP request under way, and what has come of its response.
final class Transfer: CurlTask {
    let easy: EasyHandle
    private let host: String
    private let bodyLimit: Int
    private let cutsBody: Bool
    private let wantsDetails: Bool
    private let completion: Completion<HTTPResponse>
    private var headers: [HTTPHeader] = []
    private var headerOctets = 0
    private var body: [UInt8] = []
    private var isTooLarge = false
    private var isCut = false

    /// As much as browsers take.
    private static let headerLimit = 256 * 1024

    init(_ request: HTTPRequest, on easy: EasyHandle, completion: @escaping Completion<HTTPResponse>) {
        self.easy = easy
        self.completion = completion
        host = request.host
        bodyLimit = request.bodyLimit
        cutsBody = request.cutsBody
        wantsDetails = request.wantsConnectionDetails
        easy.configure(for: request)
        easy.setReceiver(CURLOPT_WRITEFUNCTION, CURLOPT_WRITEDATA, context: self) { data, size, count, context in
            Transfer.receive(data, size * count, context) { $0.take(body: $1) }
        }
        easy.setReceiver(CURLOPT_HEADERFUNCTION, CURLOPT_HEADERDATA, context: self) { data, size, count, context in
            Transfer.receive(data, size * count, context) { $0.take(headerLine: $1) }
        }
    }

    func finished(_ code: CURLcode) {
        if isTooLarge { return end(.failure(.tooLarge(limit: bodyLimit))) }
        guard code == CURLE_OK || isCut else { return end(.failure(easy.failure(code, host: host))) }
        let response = HTTPResponse(
            status: easy.number(CURLINFO_RESPONSE_CODE), headers: headers, body: body, isCut: isCut,
            connection: wantsDetails ? easy.connectionDetails : nil)
        end(.success(response))
    }

    func fail(_ failure: TransferFailure) { end(.failure(failure)) }

    private func end(_ result: Result<HTTPResponse, TransferFailure>) { completion(result) }

    /// Takes part of the body; false ends the transfer.
    private func take(body part: UnsafeRawBufferPointer) -> Bool {
        let room = bodyLimit - body.count
        guard part.count > room else {
            body.append(contentsOf: part)
            return true
        }
        if cutsBody { body.append(contentsOf: part.prefix(room)) }
        isCut = cutsBody
        isTooLarge = !cutsBody
        return false
    }

    private func take(headerLine line: UnsafeRawBufferPointer) -> Bool {
        headerOctets += line.count
        isTooLarge = headerOctets > Self.headerLimit
        if line.starts(with: "HTTP/".utf8) {
            // The headers of a 1xx response, or of a proxy, came before.
            headers = []
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            headers.append(HTTPHeader(Self.text(line[..<colon]), Self.text(line[(colon + 1)...])))
        }
        return !isTooLarge
    }

    private static func text(_ octets: Slice<UnsafeRawBufferPointer>) -> String {
        let kept = octets.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed()
        return String(decoding: kept, as: UTF8.self)
    }

    /// Finds the transfer that libcurl calls back; the number of octets taken, or 0 to end it.
    private static func receive(
        _ data: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
        _ take: (Transfer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard count > 0, let data, let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        return take(transfer, UnsafeRawBufferPointer(start: data, count: count)) ? count : 0
    }
}

extension EasyHandle {
    fileprivate func configure(for request: HTTPRequest) {
        set(CURLOPT_URL, request.signature == nil ? request.url : AWSSignature.sorted(request.url))
        set(CURLOPT_PROTOCOLS, Int(CURLPROTO_HTTP | CURLPROTO_HTTPS))
        set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        // Many requests at once to one server share its connection rather than open one each.
        set(CURLOPT_PIPEWAIT, 1)
        set(CURLOPT_TIMEOUT_MS, max(1, request.timeout.roundedUpMilliseconds))
        setMethod(of: request)
        setHeaders(of: request)
        setPeer(of: request)
        if !request.verifiesCertificate { trustAnybody() }
        if request.wantsConnectionDetails { keepCertificates() }
        request.signature?.apply(to: self)
    }

    private func setPeer(of request: HTTPRequest) {
        connect(to: request.address, port: request.port)
        if let path = request.socketPath { set(CURLOPT_UNIX_SOCKET_PATH, path) }
        if !request.usesProxy { set(CURLOPT_NOPROXY, "*") }
        if request.newConnection { useOwnConnection() }
    }

    func trustAnybody() {
        set(CURLOPT_SSL_VERIFYPEER, 0)
        set(CURLOPT_SSL_VERIFYHOST, 0)
    }

    func useOwnConnection() {
        set(CURLOPT_FRESH_CONNECT, 1)
        set(CURLOPT_FORBID_REUSE, 1)
        // A resumed session would not have its certificate looked at again.
        set(CURLOPT_SSL_SESSIONID_CACHE, 0)
    }

    /// Connects to another address or port than the URL's.
    ///
    /// Not by CURLOPT_RESOLVE: connections are reused by name, so a server's second address would be asked over the
    /// connection to its first.
    func connect(to address: IPAddress?, port: UInt16? = nil) {
        guard address != nil || port != nil else { return }
        let host = address.map { $0.family == .ipv6 ? "[\($0)]" : "\($0)" } ?? ""
        set(CURLOPT_CONNECT_TO, ["::\(host):" + (port.map { "\($0)" } ?? "")])
        if address != nil { set(CURLOPT_PROXY, "") }
    }

    private func setMethod(of request: HTTPRequest) {
        if let body = request.body {
            setBody(body)
            set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        } else {
            switch request.method {
            case .get: set(CURLOPT_HTTPGET, 1)
            case .head: set(CURLOPT_NOBODY, 1)
            case .post: setBody([])
            case .put, .patch, .delete: set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
            }
        }
    }

    private func setHeaders(of request: HTTPRequest) {
        // A value that is empty is written with a semicolon, and a name alone takes libcurl's own header away.
        let headers = request.headers + [request.signature?.tokenHeader].compactMap(\.self)
        var lines = headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        // libcurl would sign the names that are there only to take its own headers away.
        guard request.signature == nil else { return set(CURLOPT_HTTPHEADER, lines) }
        lines.append("Expect:")
        if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            lines.append("Content-Type:")
        }
        set(CURLOPT_HTTPHEADER, lines)
    }
}
