import DNSModel

/// What okerr's HTTP interface takes and gives, without the sending.
enum OkerrServer {
    /// A base URL without slashes at its end; nil for what is none.
    static func checkedURL(_ text: String) -> String? {
        let url = String(text.reversed().drop { $0 == "/" }.reversed())
        let hasHost = ["http://", "https://"].contains { url.lowercased().hasPrefix($0) && url.count > $0.count }
        return hasHost && url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? url : nil
    }

    /// Asks which server has the project.
    static func directorRequest(_ settings: OkerrSettings, timeout: Duration) -> HTTPRequest {
        HTTPRequest(.get, "\(settings.url)/api/director/\(settings.textid)", headers: [agent], timeout: timeout)
    }

    /// The server that the director named.
    static func server(in response: HTTPResponse, _ settings: OkerrSettings) throws(OkerrError) -> String {
        switch response.status {
        case 200: break
        case 404:
            throw .refused("\(settings.url) has no project “\(settings.textid)”: check OKERR_TEXTID")
        default:
            throw .refused(
                "\(settings.url) answered HTTP \(response.status) when asked for the server of \(settings.textid): "
                    + "check OKERR_URL")
        }
        guard let url = checkedURL(response.firstLine) else {
            throw .refused(
                "\(settings.url) named “\(response.excerpt(without: settings.secret))” as the server of "
                    + "\(settings.textid), which is no URL: check OKERR_URL")
        }
        return url
    }

    static func updateRequest(
        _ indicator: OkerrIndicator, to server: String, _ settings: OkerrSettings, timeout: Duration
    ) -> HTTPRequest {
        var fields = [("textid", settings.textid)] + indicator.parameters
        if let secret = settings.secret { fields.append(("secret", secret.revealed)) }
        return HTTPRequest(
            .post, "\(server)/update", headers: [HTTPForm.contentType, agent], body: HTTPForm.encoded(fields),
            timeout: timeout)
    }

    /// Why an update was refused; nil when it was taken. A status of 200 alone says nothing: okerr gives it for a missing
    /// field too.
    static func refusal(in response: HTTPResponse, of name: String, _ settings: OkerrSettings) -> OkerrError? {
        if response.status == 200, response.firstLine == "OK", response.lineCount == 1 { return nil }
        let said = response.excerpt(without: settings.secret)
        let status = response.status == 200 ? "" : " (HTTP \(response.status))"
        let text =
            "indicator \(name)@\(settings.textid) was not taken: \(said.isEmpty ? "no reason given" : said)\(status)"
        return .refused(remedy(for: said).map { "\(text); \($0)" } ?? text)
    }

    /// Whether the response means that another server has the project now.
    static func isElsewhere(_ response: HTTPResponse) -> Bool {
        (300..<400).contains(response.status) || response.status == 404
    }

    private static func remedy(for said: String) -> String? {
        let remedies = [
            ("No such project", "check OKERR_TEXTID"),
            ("secret", "check OKERR_SECRET against the policy's secret"),
            ("not allowed", "allow HTTP updates from this machine's address in the indicator's policy"),
            ("autocreate", "create the indicator, or switch autocreate on in its policy"),
            ("disabled", "enable the indicator in okerr"),
            ("BAD_METHOD", "the name is taken by an active check: delete that, or set PREFIX"),
            ("LIMIT_MAXINDICATORS", "delete indicators that are no longer used"),
        ]
        return remedies.first { said.firstRange(of: $0.0) != nil }?.1
    }

    private static let agent = HTTPHeader("User-Agent", "dnsconverge")
}

extension HTTPResponse {
    fileprivate var lines: [Substring] { text.split(whereSeparator: \.isNewline) }
    fileprivate var lineCount: Int { lines.count }
    fileprivate var firstLine: String { lines.first.map(String.init) ?? "" }

    /// The first line, cut to what fits a message.
    fileprivate func excerpt(without secret: Secret?) -> String {
        let line = secret?.removed(from: firstLine) ?? firstLine
        return String(line.filter { !$0.isNewline && $0.isASCII }.prefix(120))
    }
}
