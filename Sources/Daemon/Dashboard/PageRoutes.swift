import DNSModel
import Failover
import Hummingbird

/// The pages, what keeps them up to date while they are open, and their assets.
struct PageRoutes: Sendable {
    let parts: WebParts
    var connections: ConnectionTable?

    func add(to router: Router<WebContext>) {
        router.get("/") { request, context in await list(request, context) }
        router.get("/live") { request, context in try await liveList(request, context) }
        router.get("/schemes/:name") { request, context in try await scheme(request, context) }
        router.get("/schemes/:name/live") { request, context in try await liveScheme(request, context) }
        router.get("/add-scheme") { request, context in await addScheme(request, context) }
        router.get("/assets/:digest/:name") { request, context in try asset(request, context) }
        FormRoutes(parts: parts).add(to: router)
    }

    private var source: PageSource { PageSource(parts: parts) }

    private func list(_ request: Request, _ context: WebContext) async -> Response {
        let parameters = request.uri.queryParameters
        var page = SchemeListPage(schemes: await source.schemes(), frame: await source.frame(context))
        page.filter = parameters.get("q").map { String($0) } ?? ""
        page.done = parameters.get("done").flatMap { DoneNotice.text(of: String($0)) }
        return page.html.response()
    }

    private func liveList(_ request: Request, _ context: WebContext) async throws -> Response {
        try await EventStream(hub: parts.hub, connections: connections).response(
            to: request, context, .list, of: nil, now: [])
    }

    private func scheme(_ request: Request, _ context: WebContext) async throws -> Response {
        let view = try await view(context)
        var page = SchemePage(view: view, frame: await source.frame(context))
        page.done = request.uri.queryParameters.get("done").flatMap { DoneNotice.text(of: String($0)) }
        return page.html.response()
    }

    private func liveScheme(_ request: Request, _ context: WebContext) async throws -> Response {
        let name = SchemeName(context.parameters.get("name") ?? "")
        guard let snapshot = await parts.desk.snapshot(of: name) else { throw Self.unknown(name) }
        return try await EventStream(hub: parts.hub, connections: connections).response(
            to: request, context, .page(source), of: name, now: [snapshot])
    }

    private func addScheme(_ request: Request, _ context: WebContext) async -> Response {
        var state = FormState()
        if let kind = request.uri.queryParameters.get("kind") { state.values["provider.kind"] = String(kind) }
        let frame = await source.frame(context)
        return AddSchemePage(form: SchemeForm(state, token: frame.token), frame: frame).html.response()
    }

    private func view(_ context: WebContext) async throws -> SchemeView {
        let name = SchemeName(context.parameters.get("name") ?? "")
        guard let view = await source.view(of: name) else { throw Self.unknown(name) }
        return view
    }

    static func unknown(_ name: SchemeName) -> Problem {
        Problem(.notFound, "there is no scheme “\(PrintableText(name.text).text)”")
    }

    /// What an asset's path says of its content lets it be kept for ever; another version has another path.
    private func asset(_ request: Request, _ context: WebContext) throws -> Response {
        let (digest, name) = (context.parameters.get("digest"), context.parameters.get("name"))
        guard let asset = DashboardAssets.all.first(where: { $0.name == name && $0.digest == digest }) else {
            throw Problem(.notFound, "there is no such asset: load the page again")
        }
        let tag = "\"\(asset.digest)\""
        var headers: HTTPFields = [
            .contentType: asset.type, .eTag: tag, .cacheControl: "public, max-age=31536000, immutable",
        ]
        if request.headers[values: .ifNoneMatch].contains(where: { $0.contains(tag) }) {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.octets)))
    }
}
