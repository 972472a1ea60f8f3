import HTTPTypes
import Hummingbird

/// Finds out who asks.
struct Authentication: RouterMiddleware {
    let keeper: AccessKeeper
    let cookieName: String
    /// Nobody but this machine can reach us.
    let isLocal: Bool
    let connections: ConnectionTable?

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.caller = await caller(request, context)
        switch context.caller {
        case .token, .session: connections?.keep(context.channel)
        case .nobody, .local, .command: break
        }
        return try await next(request, context)
    }

    private func caller(_ request: Request, _ context: WebContext) async -> Caller {
        if context.door == .control { return .command }
        if let token = request.bearerToken, await keeper.isToken(token) { return .token }
        if let cookie = request.cookies[cookieName]?.value, let session = await keeper.session(cookie) {
            return .session(session)
        }
        if isLocal, await !keeper.wantsToken { return .local }
        return .nobody
    }
}

extension Request {
    /// What stands in `Authorization: Bearer …` (RFC 6750 §2.1).
    var bearerToken: String? {
        guard let parts = headers[.authorization]?.split(separator: " ", maxSplits: 1),
            parts.count == 2, parts[0].lowercased() == "bearer"
        else { return nil }
        return String(parts[1])
    }
}
