import DNSModel
import Wire

/// The way to a service over HTTP: where it is, who we are to it, and how long it may take.
struct HTTPService: Sendable {
    let words: ServiceWords
    /// Without a slash at its end.
    let base: String
    let login: ServiceLogin
    /// Secrets besides those of the login, such as a key that stands in a form.
    let otherSecrets: [Secret]
    /// How long one call may take.
    let timeout: Duration

    /// Reads `url`, which replaces the service's public base, and `timeout`; without a public base `url` is needed.
    init?(
        _ words: ServiceWords, base publicBase: String?, login: ServiceLogin, otherSecrets: [Secret] = [],
        reading settings: inout SettingReader
    ) {
        self.words = words
        self.login = login
        self.otherSecrets = otherSecrets
        timeout = settings.duration("timeout", in: .milliseconds(100)...(.seconds(300))) ?? .seconds(10)
        let given = settings.url("url")
        if let given, !given.isSecure, !given.isLoopback, !(login.secrets + otherSecrets).isEmpty {
            settings.warn("url", "is not encrypted: whoever is on the way can read \(words.credential); give https")
        }
        if let given, given.target.contains("?") { settings.note("url", "has a query: give the part before it") }
        let base = given?.description ?? publicBase
        guard let base = settings.required("url", base, form: "the service's URL, such as https://dns.example.org")
        else { return nil }
        self.base = String(base.reversed().drop { $0 == "/" }.reversed())
    }

    /// Sends a call and gives the reply, whatever its status.
    ///
    /// A call that changes something goes over a connection of its own: over a kept one that turns out to be closed it
    /// would be sent a second time, though the first may have been acted upon.
    func send(_ call: ServiceCall, over network: Network) async throws(ProviderError) -> ServiceReply {
        var request = HTTPRequest(
            call.method, base + call.path, headers: login.headers + call.headers + [Self.agent], body: call.body,
            timeout: timeout)
        request.newConnection = call.changes
        request.signature = call.signature
        do {
            let response = try await network.http.send(request)
            return ServiceReply(response, to: call, words: words, text: text(of: response))
        } catch {
            throw self.error(error, of: call)
        }
    }

    /// `text` without any of the service's secrets, however they are written in requests.
    func withoutSecrets(_ text: String) -> String {
        (login.secrets + otherSecrets).reduce(text) { text, secret in
            let escaped = Secret(secret.revealed.urlEscaped)
            let quoted = Secret(secret.revealed.jsonEscaped)
            return quoted.removed(from: escaped.removed(from: secret.removed(from: text)))
        }
    }

    /// What a person reads of a reply: its status and the beginning of its body on one line.
    private func text(of response: HTTPResponse) -> String {
        let body = withoutSecrets(response.text)
        let words = body.split { $0.isWhitespace }.joined(separator: " ")
        let shown = PrintableText(words).text
        let excerpt = shown.count > Self.excerptLimit ? shown.prefix(Self.excerptLimit) + "…" : shown[...]
        return "HTTP \(response.status)" + (excerpt.isEmpty ? "" : " \(excerpt)")
    }

    private func error(_ failure: TransferFailure, of call: ServiceCall) -> ProviderError {
        let reason = withoutSecrets(failure.description)
        switch failure {
        case .libraryMissing, .badRequest: return .permanent("\(words.name) cannot be asked: \(reason)")
        default: break
        }
        guard call.changes, failure.mayHaveBeenReceived else {
            return .temporary("\(words.name) could not be asked: \(reason)")
        }
        return .uncertain("\(words.name) may or may not have made the change: \(reason)")
    }

    private static let excerptLimit = 1000
    private static let agent = HTTPHeader("User-Agent", "dnsconverge/0.1")
}

extension HTTPURL {
    /// Whether the URL's host is this machine.
    fileprivate var isLoopback: Bool {
        guard let address = IPAddress(host) else { return host.lowercased() == "localhost" }
        return address.family == .ipv4 ? address.octets[0] == 127 : address == IPAddress("::1")
    }
}
