import DNSModel
import Failover
import Glibc
import Hummingbird

/// The API, `/api/v1`: JSON in and out, errors as RFC 9457 has them. `OpenAPI.json` says all of it.
struct APIRoutes: Sendable {
    let parts: WebParts
    var connections: ConnectionTable?

    func add(to router: Router<WebContext>) {
        let api = router.group("/api/v1")
        api.get("openapi.json") { _, _ in OpenAPI.response }
        api.get("status") { _, _ in try APIAnswer.json(await status()) }
        api.get("events") { request, context in try await events(request, context) }
        api.post("orders") { request, context in try await order(request, context, to: nil) }
        api.get("kinds") { _, _ in try APIAnswer.json(KindList.all) }
        addSchemes(to: api)
        addHistory(to: api)
        addReports(to: api)
        addCheck(to: api)
    }

    /// What the engine and the scheduler know of themselves.
    private func status() async -> EngineStatus {
        var status = await parts.desk.status(process: getpid())
        status.checks = await parts.checks?()
        return status
    }

    private func events(_ request: Request, _ context: WebContext) async throws -> Response {
        var now: [SchemeSnapshot] = []
        let name = try Query(request)["scheme"]
        if let name {
            now = [try await snapshot(name)]
        } else {
            for name in await parts.desk.engine.names {
                if let snapshot = await parts.desk.snapshot(of: name) { now.append(snapshot) }
            }
        }
        return try await EventStream(hub: parts.hub, connections: connections).response(
            to: request, context, .json, of: name.map { SchemeName($0) }, now: now)
    }

    /// Gives an order to one scheme or to all.
    func order(_ request: Request, _ context: WebContext, to scheme: SchemeName?) async throws -> Response {
        if let scheme { _ = try await snapshot(scheme.text) }
        var order = try await request.json(
            OrderRequest.self, context, "action, and what the action needs: server, health, until")
        order.who = context.caller.signature(claiming: order.who)
        let isRehearsal = request.uri.queryParameters.get("dry_run", as: Bool.self) ?? false
        var forecasts: ForecastPage?
        guard order.who.utf8.count <= 200, order.why.utf8.count <= 2000 else {
            throw Problem(.unprocessableContent, "who and why are too long")
        }
        do throws(OrderProblem) {
            if isRehearsal {
                forecasts = try await parts.desk.forecast(order, to: scheme)
            } else {
                try await parts.desk.order(order, to: scheme)
            }
        } catch {
            throw Problem(error.isIncomplete ? .unprocessableContent : .conflict, error.description)
        }
        if let forecasts { return try APIAnswer.json(forecasts) }
        return APIAnswer.nothing
    }

    /// The scheme of that name; throws a problem that names those that there are.
    func snapshot(_ name: String) async throws(Problem) -> SchemeSnapshot {
        guard let snapshot = await parts.desk.snapshot(of: SchemeName(name)) else {
            let names = await parts.desk.engine.names.map(\.text).joined(separator: ", ")
            throw Problem(
                .notFound,
                "there is no scheme “\(PrintableText(name).text)”; there are \(names.isEmpty ? "none" : names)")
        }
        return snapshot
    }
}

extension WebContext {
    /// A part of the path that the route has named.
    func part(_ name: String) -> String { parameters.get(name) ?? "" }
}
