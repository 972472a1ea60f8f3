import DNSModel
import Failover
import FoundationEssentials
import Glibc
import Hummingbird
import NIOCore

/// The API, `/api/v1`: JSON in and out, errors as `{"error": …}`.
struct ControlRoutes: Sendable {
    let desk: EngineDesk

    /// An order is a few words.
    private static let bodyLimit = 65_536

    var router: Router<BasicRequestContext> {
        let router = Router()
        let api = router.group("/api/v1")
        api.get("status") { _, _ in try response(await desk.status(process: getpid())) }
        api.get("schemes/:name") { _, context in await scheme(context) }
        api.get("history") { request, _ in try await history(request) }
        api.post("schemes/:name/orders") { request, context in
            await order(request, to: SchemeName(try context.parameters.require("name")))
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
