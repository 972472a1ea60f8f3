import DNSModel
import HTTPTypes
import Hummingbird

/// Lets in those who are known, and everybody to the few paths that are open.
struct AccessRule: RouterMiddleware {
    /// For those who are yet to log in, and for those who show something else.
    private static let open = ["/login", "/healthz", "/readyz"]
    private static let openBelow = ["/assets/", "/api/v1/indicators/", "/api/v1/okerr/"]

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard context.caller.isKnown || Self.isOpen(request.uri.path) else { return try refuse(request) }
        return try await next(request, context)
    }

    private static func isOpen(_ path: String) -> Bool {
        open.contains(path) || openBelow.contains { path.hasPrefix($0) }
    }

    private func refuse(_ request: Request) throws -> Response {
        if request.wantsPage, request.method == .get {
            return .redirect(to: "/login?next=\(request.uri.path.queryEscaped)")
        }
        throw Problem(
            .unauthorized, "log in at /login, or send the api_token: Authorization: Bearer …",
            headers: [.wwwAuthenticate: #"Bearer realm="dnsconverge""#])
    }
}

extension String {
    /// As the value of a parameter in a URL.
    fileprivate var queryEscaped: String {
        utf8.reduce(into: "") { result, octet in
            let isPlain = octet.isASCIIAlphanumeric || "-_.~/".utf8.contains(octet)
            result += isPlain ? String(Unicode.Scalar(octet)) : "%" + String(0x100 + Int(octet), radix: 16).dropFirst()
        }
    }
}
