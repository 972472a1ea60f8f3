import DNSModel
import Failover
import Hummingbird
import NIOCore

/// How answers of the API are written, and requests are read.
enum APIAnswer {
    static func json(_ value: some Encodable, _ status: HTTPResponse.Status = .ok) throws(Problem) -> Response {
        guard let octets = try? ControlJSON.encode(value) else {
            throw Problem(.internalServerError, "the answer cannot be written")
        }
        return Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets)))
    }

    static func json(_ text: JSONText) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text.text)))
    }

    static func yaml(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/yaml"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    static let nothing = Response(status: .noContent)
}

extension Request {
    /// A JSON body as a value.
    func json<Value: Decodable>(
        _ type: Value.Type, _ context: WebContext, limit: Int = 65_536, _ form: String
    ) async throws -> Value {
        try require("application/json")
        let octets = try await octets(upTo: limit, context)
        do {
            // Our own reader is stricter than Foundation's: no key twice, no text that is no Unicode.
            _ = try JSONNode(parsing: octets)
            return try ControlJSON.decode(Value.self, from: octets)
        } catch let error as JSONSyntaxError {
            throw Problem(.badRequest, "line \(error.line) of the body is no JSON: \(error.reason)")
        } catch {
            throw Problem(.unprocessableContent, "the body is not understood: give \(form)")
        }
    }

    /// A JSON body as it stands.
    func document(_ context: WebContext, limit: Int) async throws -> JSONNode {
        try require("application/json")
        let octets = try await octets(upTo: limit, context)
        do throws(JSONSyntaxError) {
            return try JSONNode(parsing: octets)
        } catch {
            throw Problem(.badRequest, "line \(error.line) of the body is no JSON: \(error.reason)")
        }
    }

    private func require(_ type: String) throws(Problem) {
        guard mediaType == type else { throw Problem(.unsupportedMediaType, "send \(type)") }
    }
}

/// What stands behind the `?` of a request.
struct Query: Sendable {
    private let fields: [(name: String, value: String)]

    init(_ request: Request) throws(Problem) {
        guard let fields = WebForm.parse(Array((request.uri.query ?? "").utf8)) else {
            throw Problem(.badRequest, "what stands behind the ? is not understood")
        }
        self.fields = fields
    }

    subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// All values of that name, each of which may be several with commas between.
    func words(_ name: String) -> [String] {
        fields.filter { $0.name == name }.flatMap { $0.value.split(separator: ",").map(String.init) }
    }

    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        try value(name, "a number from \(range.lowerBound) to \(range.upperBound)") { text in
            SettingReader.integer(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// Nil when it is not given; throws when `read` does not understand it.
    func value<Value>(_ name: String, _ form: String, _ read: (String) -> Value?) throws(Problem) -> Value? {
        guard let text = self[name] else { return nil }
        guard let value = read(text) else {
            throw Problem(.badRequest, "“\(name)” is not understood: give \(form)")
        }
        return value
    }
}
