import DNSModel
import FoundationEssentials
import Wire

/// Talks to a running daemon over its Unix-domain socket, or where it listens.
package struct ControlClient: Sendable {
    /// Where it is, for messages too.
    private let place: String
    private let base: String
    private let socket: String?
    private let token: Secret?
    private let http: HTTPClient

    package init(socket: String, http: HTTPClient = HTTPClient()) {
        (place, self.socket, self.http) = (socket, socket, http)
        (base, token) = ("http://localhost", nil)
    }

    /// `token` is the daemon's `api_token`, if it has one.
    package init(url: HTTPURL, token: Secret?, http: HTTPClient = HTTPClient()) {
        let text = url.description
        base = text.hasSuffix("/") ? String(text.dropLast()) : text
        (place, socket, self.token, self.http) = (base, nil, token, http)
    }

    package func status() async throws(ControlFailure) -> EngineStatus {
        try await get("/api/v1/status")
    }

    package func scheme(_ name: String) async throws(ControlFailure) -> SchemeStatus {
        try await get("/api/v1/schemes/\(try escaped(name))")
    }

    /// Of all kinds when there are none in `kinds`.
    package func history(
        scheme: String?, kinds: [HistoryEntry.Kind] = [], limit: Int
    ) async throws(ControlFailure) -> HistoryPage {
        let part = try scheme.map { name throws(ControlFailure) in "&scheme=\(try escaped(name))" } ?? ""
        let words = kinds.isEmpty ? "" : "&kinds=" + kinds.map(\.rawValue).joined(separator: ",")
        return try await get("/api/v1/history?limit=\(limit)\(part)\(words)")
    }

    /// Gives an order to a scheme, or to all of them.
    package func order(_ request: OrderRequest, to scheme: String?) async throws(ControlFailure) {
        let path = try scheme.map { name throws(ControlFailure) in "schemes/\(try escaped(name))/orders" } ?? "orders"
        let body: [UInt8]
        do { body = try ControlJSON.encode(request) } catch { throw ControlFailure("\(error)") }
        _ = try await send(.post, "/api/v1/\(path)", body)
    }

    /// What would follow if the order were given.
    package func forecast(_ request: OrderRequest, to scheme: String?) async throws(ControlFailure) -> ForecastPage {
        let path = try scheme.map { name throws(ControlFailure) in "schemes/\(try escaped(name))/orders" } ?? "orders"
        let body: [UInt8]
        do { body = try ControlJSON.encode(request) } catch { throw ControlFailure("\(error)") }
        return try decoded(try await send(.post, "/api/v1/\(path)?dry_run=true", body))
    }

    /// A scheme's settings, or those of all, as YAML.
    package func settings(of scheme: String?) async throws(ControlFailure) -> String {
        let part = try scheme.map { name throws(ControlFailure) in "?scheme=\(try escaped(name))" } ?? ""
        return String(decoding: try await send(.get, "/api/v1/settings\(part)", nil), as: UTF8.self)
    }

    package func add(_ request: SchemeRequest) async throws(ControlFailure) {
        let body: [UInt8]
        do { body = try ControlJSON.encode(request) } catch { throw ControlFailure("\(error)") }
        _ = try await send(.post, "/api/v1/schemes", body)
    }

    package func remove(_ scheme: String, who: String) async throws(ControlFailure) {
        let who = String(decoding: HTTPForm.encoded([("who", who)]), as: UTF8.self)
        _ = try await send(.delete, "/api/v1/schemes/\(try escaped(scheme))?\(who)", nil)
    }

    private func get<Value: Decodable>(_ path: String) async throws(ControlFailure) -> Value {
        try decoded(try await send(.get, path, nil))
    }

    private func decoded<Value: Decodable>(_ body: [UInt8]) throws(ControlFailure) -> Value {
        do {
            return try ControlJSON.decode(Value.self, from: body)
        } catch {
            throw ControlFailure("\(place): the daemon's answer is not understood; are both of the same version?")
        }
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8]?
    ) async throws(ControlFailure) -> [UInt8] {
        var request = HTTPRequest(method, base + path, body: body)
        if body != nil { request.headers.append(HTTPHeader("Content-Type", "application/json")) }
        if let token { request.headers.append(HTTPHeader("Authorization", "Bearer \(token.revealed)")) }
        request.socketPath = socket
        request.bodyLimit = 64 << 20
        let response: HTTPResponse
        do throws(TransferFailure) {
            response = try await http.send(request)
        } catch {
            throw failure(error)
        }
        guard (200..<300).contains(response.status) else {
            let problem = try? ControlJSON.decode(ProblemDetails.self, from: response.body)
            throw ControlFailure(problem?.detail ?? "\(place): the daemon answered with HTTP \(response.status)")
        }
        return response.body
    }

    private func failure(_ failure: TransferFailure) -> ControlFailure {
        guard case .unreachable = failure, let socket else { return ControlFailure("\(place): \(failure)") }
        return ControlFailure(
            "there is no daemon at \(socket): start one with 'dnsconverge run' or 'systemctl start dnsconverge', or "
                + "name its socket with --socket (may this user use it?)")
    }

    /// A name of a scheme is a plain word; anything else would be another path.
    private func escaped(_ name: String) throws(ControlFailure) -> String {
        guard !name.isEmpty, name.utf8.allSatisfy({ Self.plain.contains($0) }) else {
            throw ControlFailure("“\(PrintableText(name).text)” is no name of a scheme")
        }
        return name
    }

    private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".utf8)
}

/// Why a daemon could not be reached, or what it refused.
package struct ControlFailure: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
