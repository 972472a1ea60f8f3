import DNSModel
import Failover
import Hummingbird
import NIOCore

/// Why a request is not answered as it was meant: an error that is a response.
struct Problem: Error, HTTPResponseError {
    let status: HTTPResponse.Status
    var headers: HTTPFields
    let details: ProblemDetails

    init(
        _ status: HTTPResponse.Status, _ detail: String, headers: HTTPFields = [:], errors: [ProblemDetails.Item]? = nil
    ) {
        self.status = status
        self.headers = headers
        details = ProblemDetails(
            title: status.reasonPhrase, status: Int(status.code), detail: detail, errors: errors)
    }

    /// A page for people, RFC 9457 for everybody else.
    func response(from request: Request, context: some RequestContext) -> Response {
        var headers = headers
        let body: ByteBuffer
        if request.wantsPage {
            headers[.contentType] = "text/html; charset=utf-8"
            body = ByteBuffer(string: ProblemPage.html(details))
        } else {
            headers[.contentType] = ProblemDetails.mediaType
            body = ByteBuffer(bytes: (try? ControlJSON.encode(details)) ?? [])
        }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}

extension Problem {
    /// For a status that somebody else has chosen.
    init(_ status: HTTPResponse.Status) {
        let detail =
            switch status {
            case .notFound: "there is nothing at this path: /api/v1/openapi.json lists what there is"
            case .contentTooLarge: "the body is too long"
            case .badRequest: "the request is not understood"
            default: status.reasonPhrase
            }
        self.init(status, detail)
    }
}

extension Request {
    /// Whether a browser asks, for something that is no part of the API.
    var wantsPage: Bool {
        !uri.path.hasPrefix("/api/") && headers[values: .accept].contains { $0.contains("text/html") }
    }
}
