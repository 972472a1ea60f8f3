import Hummingbird
import Logging

/// Takes every request, and sees to it that every response is one of ours: errors as problems, `HEAD` without a body,
/// `OPTIONS` and wrong methods answered with what the path can do, and the headers that browsers need.
struct Entrance: HTTPResponder {
    let routes: RouterResponder<WebContext>
    let methods: MethodTable
    let door: Door
    let connections: ConnectionTable?

    func respond(to request: Request, context: WebContext) async throws -> Response {
        var context = context
        context.door = door
        connections?.requestBegan(on: context.channel)
        defer { connections?.requestEnded(on: context.channel) }
        var response = await answer(request, context)
        SecurityHeaders.add(to: &response)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(_ request: Request, _ context: WebContext) async -> Response {
        do {
            let response = try await routes.respond(to: request, context: context)
            guard response.status.code >= 400, response.body.contentLength == 0 else { return response }
            return instead(of: response, request, context)
        } catch {
            context.logger.error("\(request.method) \(request.uri.path): \(error)")
            return Problem(.internalServerError, "the daemon's log says what went wrong")
                .response(from: request, context: context)
        }
    }

    /// For what the router itself has refused.
    private func instead(of response: Response, _ request: Request, _ context: WebContext) -> Response {
        guard response.status == .notFound, context.route == nil else {
            return Problem(response.status).response(from: request, context: context)
        }
        let allowed = methods[request.uri.path]
        guard !allowed.isEmpty else { return Problem(.notFound).response(from: request, context: context) }
        let headers: HTTPFields = [.allow: allowed.joined(separator: ", ")]
        if request.method == .options { return Response(status: .noContent, headers: headers) }
        return Problem(
            .methodNotAllowed, "\(request.method.rawValue) cannot be done here", headers: headers
        ).response(from: request, context: context)
    }
}

/// What can be done with each path.
struct MethodTable: Sendable {
    private let routes: [(path: [String], method: String)]

    init(_ routes: [(path: String, method: String)]) {
        self.routes = routes.map { (Self.components($0.path), $0.method) }
    }

    /// Nothing, when there is no such path.
    subscript(_ path: String) -> [String] {
        let path = Self.components(path)
        let found = Set(routes.filter { Self.matches($0.path, path) }.map(\.method))
        guard !found.isEmpty else { return [] }
        return (found.union(found.contains("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"])).sorted()
    }

    /// `GET /api/v1/status` and so on; what follows from these is left out.
    var all: Set<String> {
        Set(routes.filter { $0.method != "HEAD" }.map { "\($0.method) /\($0.path.joined(separator: "/"))" })
    }

    private static func components(_ path: String) -> [String] {
        path.split(separator: "/").map(String.init)
    }

    /// `{name}` is any one component.
    private static func matches(_ pattern: [String], _ path: [String]) -> Bool {
        pattern.count == path.count && zip(pattern, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
