import HTTPTypes
import Hummingbird

/// Refuses requests that call us by somebody else's name.
struct HostCheck: RouterMiddleware {
    let rules: HostRules

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard rules.allows(request.head.authority) else {
            throw Problem(
                .misdirectedRequest, "this daemon does not go by that name: use its address, or add the name to hosts")
        }
        return try await next(request, context)
    }
}
