import DNSModel

/// How okerr is asked for the states of indicators.
extension OkerrServer {
    /// Asks for the names of all indicators that are healthy and may be used.
    static func eligibleRequest(to server: String, _ settings: OkerrSettings, timeout: Duration) -> HTTPRequest {
        readingRequest("\(server)/api/filter/\(settings.textid)/OK/!maintenance/!problem", settings, timeout: timeout)
    }

    static func indicatorRequest(
        _ name: String, to server: String, _ settings: OkerrSettings, timeout: Duration
    ) -> HTTPRequest {
        let name = HTTPForm.pathSegment(name)
        return readingRequest("\(server)/api/indicator/\(settings.textid)/\(name)", settings, timeout: timeout)
    }

    private static func readingRequest(_ url: String, _ settings: OkerrSettings, timeout: Duration) -> HTTPRequest {
        let key = settings.apiKey.map { [HTTPHeader("X-API-KEY", $0.revealed)] } ?? []
        return HTTPRequest(.get, url, headers: key + [HTTPHeader("User-Agent", "dnsconverge")], timeout: timeout)
    }

    /// One name a line.
    static func names(in response: HTTPResponse) -> Set<String> {
        Set(response.text.split(whereSeparator: \.isNewline).map { String($0.trimmingSpaces) }.filter { !$0.isEmpty })
    }

    /// Why a request was not answered with what was asked for.
    static func readingRefusal(_ response: HTTPResponse, _ settings: OkerrSettings) -> OkerrError {
        switch response.status {
        case 401, 403:
            .refused("the API key of project \(settings.textid) was refused (HTTP \(response.status)): check api_key")
        case 404: .refused("there is no project \(settings.textid) (HTTP 404): check its name")
        case 300..<400: .refused("another server has project \(settings.textid) now (HTTP \(response.status))")
        default: .unreachable("the server of project \(settings.textid) answered HTTP \(response.status)")
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        let start = drop { $0.isWhitespace }
        return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
    }
}

extension HTTPForm {
    /// A text as one part of a URL's path (RFC 3986 §3.3).
    package static func pathSegment(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, octet in
            if octet.isASCIIAlphanumeric || "-._~:@!$&'()*+,;=".utf8.contains(octet) {
                result.unicodeScalars.append(Unicode.Scalar(octet))
            } else {
                result += "%" + (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true)
            }
        }
    }
}
