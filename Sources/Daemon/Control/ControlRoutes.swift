import DNSModel
import Failover
import FoundationEssentials
import Glibc
import Hummingbird
import NIOCore

/// The API, `/api/v1`: JSON in and out, errors as `{"error": …}`.
struct ControlRoutes: Sendable {
    let desk: EngineDesk
    /// Nil: schemes can be neither added nor removed.
    let registry: SchemeRegistry?

    /// An order is a few words.
    private static let bodyLimit = 65_536
    private static let documentLimit = 1 << 20

    var router: Router<BasicRequestContext> {
        let router = Router()
        let api = router.group("/api/v1")
        api.get("status") { _, _ in try response(await desk.status(process: getpid())) }
        api.get("schemes/:name") { _, context in await scheme(context) }
        api.get("history") { request, _ in try await history(request) }
        api.post("schemes/:name/orders") { request, context in
            await order(request, to: SchemeName(try context.parameters.require("name")))
        }
        api.get("settings") { request, _ in await settings(request) }
        api.post("schemes") { request, _ in await add(request) }
        api.delete("schemes/:name") { request, context in
            await remove(request, SchemeName(try context.parameters.require("name")))
        }
        api.post("orders") { request, _ in await order(request, to: nil) }
        return router
    }

    private func scheme(_ context: BasicRequestContext) async -> Response {
        let name = context.parameters.get("name") ?? ""
        guard let status = await desk.status(of: SchemeName(name)) else {
            let names = await desk.engine.names.map(\.text).joined(separator: ", ")
            return problem("there is no scheme “\(name)”; there are \(names.isEmpty ? "none" : names)", .notFound)
        }
        return (try? response(status)) ?? problem("the status cannot be told", .internalServerError)
    }

    private func history(_ request: Request) async throws -> Response {
        let parameters = request.uri.queryParameters
        let scheme = parameters.get("scheme").map { SchemeName($0) }
        let limit = min(max(1, parameters.get("limit").flatMap { Int($0) } ?? 100), 10_000)
        let entries = await desk.journal.history(HistoryQuery(scheme: scheme, limit: limit))
        return try response(HistoryPage(entries: entries))
    }

    private func order(_ request: Request, to scheme: SchemeName?) async -> Response {
        do {
            let body = try await request.body.collect(upTo: Self.bodyLimit)
            let order = try ControlJSON.decode(OrderRequest.self, from: body.readableBytesView)
            try await desk.order(order, to: scheme)
            return try response(["result": "done"])
        } catch let refusal as OrderProblem {
            return problem(refusal.description, .conflict)
        } catch {
            return problem("the order is not understood: give action, who and what the action needs", .badRequest)
        }
    }

    private func settings(_ request: Request) async -> Response {
        let name = request.uri.queryParameters.get("scheme").map { SchemeName($0) }
        guard let text = await registry?.exported(name) else {
            return problem("there is no scheme “\(name?.text ?? "")”", .notFound)
        }
        return Response(
            status: .ok, headers: [.contentType: "application/yaml"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func add(_ request: Request) async -> Response {
        guard let registry else { return problem("schemes cannot be added to this daemon", .conflict) }
        do {
            let body = try await request.body.collect(upTo: Self.documentLimit)
            let wanted = try ControlJSON.decode(SchemeRequest.self, from: body.readableBytesView)
            let names = try await registry.add(Array(wanted.document.utf8), who: wanted.who)
            return try response(["added": names.map(\.text)])
        } catch let refusal as RegistryProblem {
            return problem(refusal.description, .conflict)
        } catch {
            return problem("the schemes are not understood: give document (YAML) and who", .badRequest)
        }
    }

    private func remove(_ request: Request, _ name: SchemeName) async -> Response {
        guard let registry else { return problem("schemes cannot be removed from this daemon", .conflict) }
        do throws(RegistryProblem) {
            try await registry.remove(name, who: request.uri.queryParameters.get("who") ?? "api")
            return (try? response(["removed": name.text])) ?? problem("removed", .internalServerError)
        } catch {
            return problem(error.description, .conflict)
        }
    }

    private func response(_ value: some Encodable) throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try ControlJSON.encode(value))))
    }

    private func problem(_ text: String, _ status: HTTPResponse.Status) -> Response {
        let body = (try? ControlJSON.encode(ControlProblem(text))) ?? []
        return Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
