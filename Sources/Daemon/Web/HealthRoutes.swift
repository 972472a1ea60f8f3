import Failover
import Hummingbird

/// `/healthz` and `/readyz`, for whoever keeps the daemon running.
struct HealthRoutes: Sendable {
    let desk: EngineDesk

    func add(to router: Router<WebContext>) {
        router.get("/healthz") { _, _ in
            await desk.isAlive()
                ? Self.response(.ok, "ok\n")
                : Self.response(.serviceUnavailable, "the engine does not answer\n")
        }
        router.get("/readyz") { _, _ in
            let obstacles = await desk.obstacles()
            return obstacles.isEmpty
                ? Self.response(.ok, "ready\n")
                : Self.response(.serviceUnavailable, obstacles.map { $0 + "\n" }.joined())
        }
    }

    private static func response(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
