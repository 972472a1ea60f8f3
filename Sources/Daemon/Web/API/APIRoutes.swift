import DNSModel
import Failover
import FoundationEssentials
import Glibc
import Hummingbird
import NIOCore

/// The API, `/api/v1`: JSON in and out, errors as RFC 9457 has them.
struct APIRoutes: Sendable {
    let parts: WebParts
    var connections: ConnectionTable?

    /// An order is a few words.
    private static let bodyLimit = 65_536
    private static let documentLimit = 1 << 20

    func add(to router: Router<WebContext>) {
        let api = router.group("/api/v1")
        api.get("status") { _, _ in try json(await parts.desk.status(process: getpid())) }
        api.get("schemes") { _, _ in try await schemes() }
        api.get("schemes/:name") { _, context in try await scheme(context) }
        api.get("history") { request, _ in try await history(request) }
        api.get("events") { request, context in try await events(request, context) }
        api.post("schemes/:name/orders") { request, context in
            try await order(request, context, to: SchemeName(try context.parameters.require("name")))
        }
        api.get("settings") { request, _ in try await settings(request) }
        api.post("schemes") { request, context in try await add(request, context) }
        api.delete("schemes/:name") { request, context in try await remove(request, context) }
        api.post("orders") { request, context in try await order(request, context, to: nil) }
    }

    private func schemes() async throws -> Response {
        try json(["schemes": await parts.desk.status(process: getpid()).schemes])
    }

    private func scheme(_ context: WebContext) async throws -> Response {
        try json(try await snapshot(context.parameters.get("name") ?? "").status)
    }

    private func snapshot(_ name: String) async throws -> SchemeSnapshot {
        guard let snapshot = await parts.desk.snapshot(of: SchemeName(name)) else {
            let names = await parts.desk.engine.names.map(\.text).joined(separator: ", ")
            throw Problem(.notFound, "there is no scheme “\(name)”; there are \(names.isEmpty ? "none" : names)")
        }
        return snapshot
    }

    private func history(_ request: Request) async throws -> Response {
        let parameters = request.uri.queryParameters
        let scheme = parameters.get("scheme").map { SchemeName($0) }
        let limit = min(max(1, parameters.get("limit").flatMap { Int($0) } ?? 100), 10_000)
        let entries = await parts.desk.journal.history(HistoryQuery(scheme: scheme, limit: limit))
        return try json(HistoryPage(entries: entries))
    }

    private func events(_ request: Request, _ context: WebContext) async throws -> Response {
        var now: [SchemeSnapshot] = []
        let name = request.uri.queryParameters.get("scheme")
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

    private func order(_ request: Request, _ context: WebContext, to scheme: SchemeName?) async throws -> Response {
        var order: OrderRequest = try await body(request, context, limit: Self.bodyLimit)
        order.who = context.caller.signature(claiming: order.who)
        let isRehearsal = request.uri.queryParameters.get("dry_run", as: Bool.self) ?? false
        var forecasts: ForecastPage?
        do throws(OrderProblem) {
            if isRehearsal {
                forecasts = try await parts.desk.forecast(order, to: scheme)
            } else {
                try await parts.desk.order(order, to: scheme)
            }
        } catch {
            throw Problem(.conflict, error.description)
        }
        if let forecasts { return try json(forecasts) }
        return try json(["result": "done"])
    }

    private func settings(_ request: Request) async throws -> Response {
        let name = request.uri.queryParameters.get("scheme").map { SchemeName($0) }
        guard let text = await parts.registry?.exported(name) else {
            throw Problem(.notFound, "there is no scheme “\(name?.text ?? "")”")
        }
        return Response(
            status: .ok, headers: [.contentType: "application/yaml"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func add(_ request: Request, _ context: WebContext) async throws -> Response {
        let wanted: SchemeRequest = try await body(request, context, limit: Self.documentLimit)
        let names: [SchemeName]
        do throws(RegistryProblem) {
            names = try await registry().add(
                Array(wanted.document.utf8), who: context.caller.signature(claiming: wanted.who))
        } catch {
            throw Problem(.conflict, error.description)
        }
        return try json(["added": names.map(\.text)])
    }

    private func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let name = SchemeName(context.parameters.get("name") ?? "")
        let who = context.caller.signature(claiming: request.uri.queryParameters.get("who").map { String($0) })
        do throws(RegistryProblem) {
            try await registry().remove(name, who: who)
        } catch {
            throw Problem(.conflict, error.description)
        }
        return try json(["removed": name.text])
    }

    private func registry() throws(RegistryProblem) -> SchemeRegistry {
        guard let registry = parts.registry else {
            throw RegistryProblem("schemes can be neither added to this daemon nor removed from it")
        }
        return registry
    }
}

extension APIRoutes {
    private func body<Value: Decodable>(_ request: Request, _ context: WebContext, limit: Int) async throws -> Value {
        let octets = try await request.octets(upTo: limit, context)
        do {
            return try ControlJSON.decode(Value.self, from: octets)
        } catch {
            throw Problem(.badRequest, "the body is not understood")
        }
    }

    private func json(_ value: some Encodable) throws(Problem) -> Response {
        guard let octets = try? ControlJSON.encode(value) else {
            throw Problem(.internalServerError, "the answer cannot be written")
        }
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets)))
    }
}
