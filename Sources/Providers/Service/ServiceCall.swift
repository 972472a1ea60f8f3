import DNSModel
import Wire

/// One call of a service.
struct ServiceCall: Sendable {
    let method: HTTPRequest.Method
    /// Path and query behind the service's base.
    let path: String
    var headers: [HTTPHeader] = []
    var body: [UInt8]?
    var signature: AWSSignature?
    /// Whether the service may have something else after it than before.
    let changes: Bool

    /// A call that only asks.
    static func reading(_ path: String) -> ServiceCall {
        ServiceCall(method: .get, path: path, changes: false)
    }

    static func changing(_ method: HTTPRequest.Method, _ path: String) -> ServiceCall {
        ServiceCall(method: method, path: path, changes: true)
    }

    /// The same with a JSON body.
    func json(_ body: JSONText) -> ServiceCall {
        var call = self
        call.headers.append(HTTPHeader("Content-Type", "application/json"))
        call.body = Array(body.text.utf8)
        return call
    }

    /// The same with a form as its body.
    func form(_ fields: [(key: String, value: String)]) -> ServiceCall {
        var call = self
        call.headers.append(HTTPForm.contentType)
        call.body = HTTPForm.encoded(fields)
        return call
    }
}
