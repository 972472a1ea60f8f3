import HTTPTypes
import Hummingbird

/// Refuses what pages of other sites have a browser do: all writes, and everything below `/api/`. A link to one of our pages
/// may stand anywhere.
struct OriginCheck: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let isSafe = [.get, .head, .options].contains(request.method)
        if !isSafe || request.uri.path.hasPrefix("/api/"), let objection = request.foreignOrigin {
            throw Problem(.forbidden, objection)
        }
        return try await next(request, context)
    }
}

extension Request {
    /// Why the request seems to come from another site; nil when it does not, or when no browser sent it.
    fileprivate var foreignOrigin: String? {
        // What browsers add, and no script can change (Fetch Metadata).
        if let site = headers[values: .secFetchSite].first, site != "same-origin", site != "none" {
            return "a page of another site asks for this"
        }
        guard let origin = headers[.origin] else { return nil }
        let host = origin.split(separator: "//", maxSplits: 1).dropFirst().first.map { $0.lowercased() }
        return host == head.authority?.lowercased() ? nil : "a page of \(origin) asks for this"
    }
}

extension HTTPField.Name {
    fileprivate static let secFetchSite = Self("Sec-Fetch-Site") ?? .origin
}
